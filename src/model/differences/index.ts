export * from './fieldChanges';
