export * from './changeQueue';
export * from './overlayFileSystem';
export * from './stampedFile';
