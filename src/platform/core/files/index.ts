export * from './changeQueue';
export * from './testFolders';
export * from './overlayFileSystem';
export * from './readWithin';
export * from './enclosingRepository';
export * from './fileAccess';
export * from './fileReason';
export * from './sourcesFileSystem';
