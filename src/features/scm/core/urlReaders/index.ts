export {
  type AzureAddress,
  type ForgeUrl,
  leadsUp,
  parseAzureAddress,
  parseForgeUrl,
} from './forgeUrl';
export { isSameRepository } from './sameRepository';
export { ScmIntegrations } from './scmIntegrations';
export * from './urlReader';
export { uriOfUrl } from './urlUri';
