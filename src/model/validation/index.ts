// A door of its own: with it come the schemas of all kinds, which only those need who validate.

export * from './kinds';
export { schemaIssues, type SchemaIssue } from './schemaIssues';
export * from './validateEntity';
