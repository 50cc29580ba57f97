export * from './changeQueue';
export * from './fixtureNames';
export * from './overlayFileSystem';
export * from './readWithin';
export * from './repositoryAround';
export { isTestFile } from './testFolders';
export * from './stampedFile';
export * from './sourcesFileSystem';
