export * from './importRows';
