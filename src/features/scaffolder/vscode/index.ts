export * from './scaffolderOnDemand';
export type { ScaffolderTools } from './scaffolderTools';
