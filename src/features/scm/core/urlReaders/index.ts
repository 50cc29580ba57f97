export { type AzureAddress, parseAzureAddress } from './azureAddress';
export { type ForgeUrl, leadsUp, parseForgeUrl } from './forgeUrl';
export { isSameRepository } from './sameRepository';
export { ScmIntegrations } from './scmIntegrations';
export * from './urlReader';
export { uriOfUrl } from './urlUri';
