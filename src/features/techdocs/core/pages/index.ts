export * from './diagramDrawer';
export { DocsPages, type DocsPagesDeps } from './docsPages';
export type * from './docsView';
export type { InstancePages } from './instancePages';
export { picturePolicy, readPictureHosts } from './webPictures';
export { ReaderSettings } from './readerSettings';
export { DocsSearch } from './search/docsSearch';
