export { GitRepository } from './gitRepository';
export { GitSourceRepository } from './gitSourceRepository';
