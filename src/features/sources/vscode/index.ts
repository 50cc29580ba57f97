export * from './lazySources';
export type { SourceTools } from './sourceTools';
