export type * from './filterPredicate';
export * from './matchPredicate';
export * from './predicateTerms';
export * from './readPredicate';
