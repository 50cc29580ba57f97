export * from './blockingFileSystem';
export * from './consoleLogger';
export * from './fileUri';
export { GitRepository, type GitTree } from './gitRepository';
export * from './nodeClock';
export { NodeFileSystem } from './nodeFileSystem';
export { NodeWorkerPool, type NodeWorkerPoolOptions } from './nodeWorkerPool';
export { serveJobs } from './serveJobs';
export * from './simpleGitClient';
