export type { GitRepository, GitTree } from './gitRepository';
export { loadGitMirrors, loadGitPublishing, loadGitSources } from './loadGit';
export * from './processGitClient';
