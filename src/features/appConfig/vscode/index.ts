export * from './editAppConfigs';
export { configuredBackstage } from './backstageConfigs';
export * from './backstageMode';
