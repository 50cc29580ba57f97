export * from './languageServer';
export * from './vsCodeEditsService';
export { showEdits } from './editsPreview';
export { readOnlyReason, refusalMessage } from './editRefusals';
