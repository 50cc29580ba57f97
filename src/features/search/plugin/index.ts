export { ActiveItem } from './searchSession';
export { targetOfResult } from './searchSession';
export { completed, firstRow, ownersOf, placeOf, type SearchRow } from './searchRows';
export { SearchSession } from './searchSession';
