export { DocsProvider } from './docsProvider';
