export * from './activeItem';
export { completed, firstRow, ownersOf, placeOf, type SearchRow } from './searchRows';
export { targetOfResult } from './resultTarget';
export { SearchSession } from './searchSession';
