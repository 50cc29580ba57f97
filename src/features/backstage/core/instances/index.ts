export { fileAddresses } from './fileAddresses';
export { KeptFiles } from './keptFiles';
export { openInstance, type InstanceDeps } from './openInstance';
