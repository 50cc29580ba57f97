export { type ParsedDuration, parseDuration } from './duration.js';
