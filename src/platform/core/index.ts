export * from './editorTexts';
export * from './slices';
