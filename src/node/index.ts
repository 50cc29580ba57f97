export * from './blockingFileSystem';
export * from './consoleLogger';
export * from './environment';
export * from './fileUri';
export type { GitRepository, GitTree } from './gitRepository';
export { limitedMessages } from './limitedMessages';
export { makeFolder } from './makeFolder';
export { NodeBlobStore } from './nodeBlobStore';
export {
  loadGitMirrors,
  loadGitPublishing,
  loadGitSources,
  loadOutputs,
  loadThreads,
} from './loadOutputs';
export * from './nodeClock';
export { NodeFileSystem } from './nodeFileSystem';
export { serveJobs } from './serveJobs';
export { nodePrograms } from './nodePrograms';
export * from './processGitClient';
export { threadPort } from './threadPort';
export { WorkerPoolOnDemand } from './workerPoolOnDemand';
