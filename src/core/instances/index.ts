export { openInstance, type InstanceDeps } from './openInstance';
