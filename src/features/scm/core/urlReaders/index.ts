export {
  type AzureAddress,
  type ForgeUrl,
  hasParentSegments,
  parseAzureAddress,
  parseForgeUrl,
} from './forgeUrl';
export { type GitilesPage, type HarnessPage, parseGitiles, parseHarness } from './furtherForges';
export {
  type AddressesOfHosts,
  gitLabPath,
  type IntegrationAddresses,
} from './integrationAddresses';
export { isSameRepository, ScmIntegrations } from './scmIntegrations';
export * from './urlReader';
