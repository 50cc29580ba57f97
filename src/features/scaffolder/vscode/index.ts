export * from './scaffolderOnDemand';
export { readScaffolderSettings } from './scaffolderSettings';
export type { ScaffolderTools } from './scaffolderTools';
