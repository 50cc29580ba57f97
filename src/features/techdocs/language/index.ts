export { DocsProvider, type DocsProviderDeps } from './docsProvider';
