export * from './appConfigEditingOnDemand';
export { configuredBackstage } from './backstageConfigs';
export * from './backstageMode';
