export * from './graphExport';
