// Separate from `core`, because it is loaded with the first plugin of others, or the first use of a capability.

export * from './outsideServices';
export * from '../permissions/permissions';
export * from '../permissions/pluginChoices';
export * from '../permissions/pluginIdentity';
export * from '../pluginActivity';
export * from '../pluginFacade';
