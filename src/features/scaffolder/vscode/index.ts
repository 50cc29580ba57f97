export type { ScaffolderTools } from './scaffolderTools';
export * from './scaffolderOnDemand';
export { readScaffolderSettings } from './scaffolderSettings';
