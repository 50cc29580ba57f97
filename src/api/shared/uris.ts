export {
  basenameUri,
  childUri,
  dirnameUri,
  formatEditorUri,
  formatUri,
  isWithin,
  joinUri,
  parseUri,
  relativePath,
  type UriComponents,
  uriPath,
} from '../../base';
