export * from './editorTexts';
export * from './nearNames';
export * from './redactor';
export * from './sortInSlices';
export * from './timeSlicer';
export * from './unansweredMessage';
export * from './versionedBlob';
