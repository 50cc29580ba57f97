export { DocsPages, type DocsPagesDeps } from './docsPages';
export type {
  DocsHeading,
  DocsHit,
  DocsHits,
  DocsLink,
  DocsNavItem,
  DocsPageContent,
  DocsPageRequest,
  DocsPageView,
  DocsPicture,
  DocsPictureRequest,
  DocsPictureState,
  DocsPlace,
  DocsSearchRequest,
  DocsServerView,
  DocsSiteItem,
  DocsSitesView,
} from './docsView';
export type { InstancePages } from './instancePages';
export { picturePolicy, readPictureHosts } from './webPictures';
export { ReaderSettings } from './readerSettings';
export { DocsSearch } from './search/docsSearch';
