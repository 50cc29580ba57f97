export * from './searchOnDemand';
export { EntitySearchOnDemand } from './entitySearchOnDemand';
