// Separate from `model`, because it includes the schemas of all kinds.

export { metadataFields } from '../generated/fields';
export * from './kinds';
export { readSchemaIssue, schemaIssues, type SchemaIssue } from './schemaIssues';
export * from './validateEntity';
