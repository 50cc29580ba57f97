export * from './archives';
export { parseGitAddress } from './gitAddress';
export * from './remoteAddress';
export { isSameRepository } from './sameRepository';
export { ScmIntegrations } from './scmIntegrations';
export * from './urlReader';
export { uriOfUrl } from './urlUri';
