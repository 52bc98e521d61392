// Stands in for what packages import and never use here: Ink its developer tools, conf its JSON schemas.
export const Ajv2020 = undefined;
export default {};
