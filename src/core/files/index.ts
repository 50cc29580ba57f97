export * from './changeQueue';
export * from './fileErrors';
export * from './fixtureNames';
export * from './overlayFileSystem';
export * from './readWithin';
export * from './repositoryAround';
export * from './safePath';
export * from './stampedFile';
