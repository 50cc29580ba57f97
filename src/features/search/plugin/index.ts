export * from './activeItem';
export { targetOfResult } from './resultTarget';
export { completed, firstRow, ownersOf, placeOf, type SearchRow } from './searchRows';
export { SearchSession } from './searchSession';
