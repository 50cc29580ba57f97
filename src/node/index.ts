export * from './fileUri';
export * from './nodeClock';
export * from './nodeFileSystem';
