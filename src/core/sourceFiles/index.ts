export * from './sourcesFileSystem';
