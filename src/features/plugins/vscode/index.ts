export * from './declaringExtensions';
export * from './latePlugin';
export * from './pluginCommands';
export * from './pluginServices';
export * from './workspacePlugins';
