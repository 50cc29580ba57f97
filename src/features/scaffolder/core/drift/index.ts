export * from './fileUpdates';
export * from './checkTemplate';
export { makeRecord } from './makeRecord';
export { ProjectUpdates, type ProjectUpdatesDeps } from './projectUpdates';
export { formatRecord, readRecords, withRecord } from './records';
export { SHIPPED, type TemplateRecord } from './templateRecord';
