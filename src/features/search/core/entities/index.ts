export * from './entitySearch';
