// Separate from `core`, because it is loaded when the Plugins view is opened.

export * from './pluginRows';
export { PluginActivity } from '../pluginActivity';
export * from './pluginParts';
