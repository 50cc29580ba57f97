export { MkdocsError, runMkdocs, type RunMkdocsOptions } from './mkdocs';
