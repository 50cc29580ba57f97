export * from './editAppConfigs';
export * from './backstageMode';
