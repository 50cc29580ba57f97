export type { DocsTools } from './docsTools';
export * from './markdownPreview';
export * from './lazyTechDocs';
