export { fileAddresses } from './fileAddresses';
export { KeptFiles } from './keptFiles';
export { type InstanceDeps, openInstance } from './openInstance';
