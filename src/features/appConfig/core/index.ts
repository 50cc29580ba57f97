export { type AppConfig, readAppConfig } from './appConfig';
export type { CatalogConfig, ConfiguredLocation } from './catalogConfig';
export type { ConfigIssue } from './configFile';
export { asWritten, configAt, type ConfigNode, type ConfigPlace, configText } from './configNode';
export { isKindAllowed, type KindRule } from './kindRules';
export { type IntegrationEntry, integrationEntries } from './readableHosts';
export type { TemplateEnvironment } from './scaffolderConfig';
export type { TemplateGroup, TemplateGroups } from './templateGroups';
