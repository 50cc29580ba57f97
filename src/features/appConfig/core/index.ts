export { type AppConfig, readAppConfig } from './appConfig';
export type { CatalogConfig, ConfiguredLocation } from './catalogConfig';
export type { ConfigIssue } from './configFile';
export type { ConfigPlace } from './configNode';
export {
  readScaffolderConfig,
  type ScaffolderConfig,
  type TemplateEnvironment,
} from './scaffolderConfig';
export { isKindAllowed, type KindRule } from './kindRules';
export { asWritten } from './writtenValues';
