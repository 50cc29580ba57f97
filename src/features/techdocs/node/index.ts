export { runMkdocs } from './mkdocs';
