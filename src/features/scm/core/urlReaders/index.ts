export {
  type AzureAddress,
  type ForgeUrl,
  leadsUp,
  parseAzureAddress,
  parseForgeUrl,
} from './forgeUrl';
export { isSameRepository, ScmIntegrations } from './scmIntegrations';
export * from './urlReader';
