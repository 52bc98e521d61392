// Stands in for react-devtools-core, which Ink imports in development alone.
export default undefined;
