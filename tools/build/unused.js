// Stands in for what Ink imports and never uses here: its developer tools.
export default {};
