export * from './sourcesOnDemand';
export type { SourceTools } from './sourceTools';
