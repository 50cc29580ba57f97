export * from './consoleLogger';
export * from './fileUri';
export { GitRepository, type GitTree } from './gitRepository';
export * from './nodeClock';
export * from './nodeFileSystem';
export * from './simpleGitClient';
