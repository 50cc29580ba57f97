export * from './ownership';
export * from './starredEntities';
