// Reading of URLs, in a separate bundle that is loaded on demand.
export { resolveServedPlaceholders } from '../../processing/servedPlaceholders';
export { readIntegrationAddresses } from './integrationAddresses';
export { UrlFiles } from './urlFiles';
