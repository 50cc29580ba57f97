export * from './editAppConfigs';
export * from './backstageMode';
export * from './workspaceConfigs';
