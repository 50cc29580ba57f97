export type { GitRepository, GitTree } from './reading/gitRepository';
export { loadGitMirrors, loadGitPublishing, loadGitSources } from './loadGit';
export * from './processGitClient';
