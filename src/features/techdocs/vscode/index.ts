export * from './markdownPreview';
export type { DocsTools } from './docsTools';
export * from './techDocsOnDemand';
