export * from './customKinds';
export * from './entity';
export * from './entityRef';
export * from './kinds';
export * from './location';
export * from './problem';
export * from './relations';
export type { SchemaIssue } from './schemaIssues';
export * from './validation';
