export * from './messages';
export type * from './views';
