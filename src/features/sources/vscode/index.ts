export type { SourceTools } from './sourceTools';
export * from './sourcesOnDemand';
