// Separate from `core`, because it is loaded only where a plugin is declared.

export * from './archiveFileSystem';
export * from './declarativePlugins';
export * from './pluginLayers';
export * from './pluginTemplates';
export { type DeclaredPlugin, pluginProblem } from './pluginFiles';
