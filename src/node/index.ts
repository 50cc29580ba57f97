export * from './consoleLogger';
export * from './fileUri';
export * from './nodeClock';
export * from './nodeFileSystem';
export * from './simpleGitClient';
