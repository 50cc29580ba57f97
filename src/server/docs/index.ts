/** A door of its own: what knows documentation is as large as all else of a server, and of use for few files. */
export { DocsProvider } from '../../features/techdocs/language';
