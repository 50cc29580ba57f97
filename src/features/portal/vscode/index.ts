export * from './lazyPortal';
