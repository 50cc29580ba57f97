export * from './latePlugin';
export * from './pluginCommands';
