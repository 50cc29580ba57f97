export * from './appConfigEditingOnDemand';
export * from './backstageMode';
export { configuredBackstage } from './backstageConfigs';
