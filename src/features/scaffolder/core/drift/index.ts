export {
  changedSince,
  changesOf,
  type FileUpdate,
  isClean,
  isSameVersion,
  type ProjectChanges,
  recordAfter,
  type UpdateConflict,
  writeChanges,
} from './fileUpdates';
export {
  type CheckDeps,
  type CheckRequest,
  checkTemplate,
  type RenderRequest,
  type TemplateCheck,
} from './checkTemplate';
export { makeRecord, type RecordDeps } from './makeRecord';
export { ProjectUpdates, type ProjectUpdatesDeps } from './projectUpdates';
export { formatRecord, readRecords, withRecord } from './records';
export { SHIPPED, type TemplateRecord } from './templateRecord';
