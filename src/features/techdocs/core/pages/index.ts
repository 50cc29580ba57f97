export { DocsPages, type DocsPagesDeps } from './docsPages';
export type { InstancePages } from './instancePages';
export { picturePolicy, readPictureHosts } from './pictureHosts';
export { ReaderSettings } from './readerSettings';
export { DocsSearch } from './search/docsSearch';
export type {
  DocsHeading,
  DocsHit,
  DocsHits,
  DocsLink,
  DocsNavItem,
  DocsPageContent,
  DocsPageRequest,
  DocsPageView,
  DocsServerView,
  DocsPicture,
  DocsPictureState,
  DocsPictureRequest,
  DocsPlace,
  DocsSearchRequest,
  DocsSiteItem,
  DocsSitesView,
} from './docsView';
