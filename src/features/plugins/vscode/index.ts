export * from './latePlugin';
export * from './pluginCommands';
export * from './workspacePlugins';
