export { loadGitMirrors, loadGitPublishing, loadGitSources } from './loadGit';
export * from './processGitClient';
export type { GitRepository, GitTree, WorkingTreeChanges } from './reading/gitRepository';
