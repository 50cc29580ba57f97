export { type AzureAddress, parseAzureAddress } from './azureAddress';
export { type GitAddress, leadsUp, parseGitAddress } from './gitAddress';
export { isSameRepository } from './sameRepository';
export { ScmIntegrations } from './scmIntegrations';
export * from './urlReader';
export { uriOfUrl } from './urlUri';
