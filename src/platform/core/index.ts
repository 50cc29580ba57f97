export * from './editorTexts';
export * from './nearNames';
export * from './redactor';
export * from './slices';
export * from './sortInSlices';
export * from './versionedBlob';
export * from './unansweredMessage';
