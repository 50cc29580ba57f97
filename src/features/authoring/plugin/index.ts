export * from './importRows';
export * from './importRows';
