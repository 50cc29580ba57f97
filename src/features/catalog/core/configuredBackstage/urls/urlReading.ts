// What reads addresses, in one piece that is loaded where there is somebody to ask.
export { resolveServedPlaceholders } from '../../processing/servedPlaceholders';
export { UrlFiles } from './urlFiles';
