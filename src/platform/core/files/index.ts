export * from './changeQueue';
export * from './fixtureNames';
export * from './overlayFileSystem';
export * from './readWithin';
export * from './repositoryAround';
export * from './sourcesFileSystem';
export * from './stampedFile';
export { isTestFile } from './testFolders';
