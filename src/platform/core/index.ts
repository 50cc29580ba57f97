export * from './editorTexts';
export * from './slices';
export * from './sortInSlices';
