export * from './changeQueue';
export * from './overlayFileSystem';
export * from './readWithin';
export * from './stampedFile';
