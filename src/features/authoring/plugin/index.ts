export * from './importRows';
export * from './ownerRows';
