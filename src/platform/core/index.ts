export * from './editorTexts';
export * from './nearNames';
export * from './slices';
export * from './sortInSlices';
