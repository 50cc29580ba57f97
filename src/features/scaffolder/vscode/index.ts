export * from './lazyScaffolder';
export type { ScaffolderTools } from './scaffolderTools';
