export { MkdocsError, runMkdocs, type RunMkdocsOptions } from './mkdocs';
export { NodeOutputFolder } from './nodeOutputFolder';
