export { EntitySearchOnDemand } from './entitySearchOnDemand';
export * from './searchOnDemand';
