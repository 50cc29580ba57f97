export { fileAddresses } from './fileAddresses';
export { openInstance, type InstanceDeps } from './openInstance';
