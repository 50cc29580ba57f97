export { readOnlyReason, refusalMessage } from './editRefusals';
export { showEdits } from './editsPreview';
export * from './languageServer';
export * from './vsCodeEditsService';
