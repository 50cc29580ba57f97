export { type AppConfig, readAppConfig } from './appConfig';
export type { CatalogConfig, ConfiguredLocation } from './catalogConfig';
export type { ConfigIssue } from './configFile';
export { asWritten, type ConfigPlace } from './configNode';
export { isKindAllowed, type KindRule } from './kindRules';
export type { TemplateEnvironment } from './scaffolderConfig';
export type { TemplateGroup, TemplateGroups } from './templateGroups';
