export * from './changeQueue';
export * from './testFolders';
export * from './overlayFileSystem';
export * from './readWithin';
export * from './repositoryAround';
export * from './sourcesFileSystem';
