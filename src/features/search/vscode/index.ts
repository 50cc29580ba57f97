export * from './lazySearch';
