// A door of its own: with it come the schemas of all kinds, which only those need who validate.

export { metadataFields } from '../generated/fields';
export * from './kinds';
export { readSchemaIssue, schemaIssues, type SchemaIssue } from './schemaIssues';
export * from './validateEntity';
