export {
  type AzureAddress,
  type ForgeUrl,
  hasParentSegments,
  parseAzureAddress,
  parseForgeUrl,
} from './forgeUrl';
export { isSameRepository, ScmIntegrations } from './scmIntegrations';
export * from './urlReader';
