export type * from './filterPredicate';
export * from './matchPredicate';
export * from './readPredicate';
