export { fileAddresses } from './fileAddresses';
export { FileCache } from './fileCache';
export { type InstanceDeps, openInstance } from './openInstance';
