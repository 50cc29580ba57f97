export { parseGitAddress } from './gitAddress';
export { isSameRepository } from './sameRepository';
export { ScmIntegrations } from './scmIntegrations';
export * from './urlReader';
export { uriOfUrl } from './urlUri';
