export * from './changeQueue';
export * from './overlayFileSystem';
