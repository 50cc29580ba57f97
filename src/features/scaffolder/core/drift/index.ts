export {
  changesOf,
  isClean,
  isSameVersion,
  type ProjectChanges,
  recordAfter,
} from './applyUpdates';
export { changedSince } from './changedSince';
export {
  type CheckDeps,
  type CheckRequest,
  checkTemplate,
  type RenderRequest,
  type TemplateCheck,
} from './checkTemplate';
export type { FileUpdate, UpdateConflict } from './fileUpdate';
export { makeRecord, type RecordDeps } from './makeRecord';
export { ProjectUpdates, type ProjectUpdatesDeps } from './projectUpdates';
export { readRecords } from './readRecords';
export { SHIPPED, type TemplateRecord } from './templateRecord';
export { writeChanges } from './writeChanges';
export { formatRecord, withRecord } from './writeRecords';
