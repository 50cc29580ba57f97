export * from './gitAddress';
