export { completed, firstRow, type SearchRow } from './searchRows';
export { SearchSession } from './searchSession';
