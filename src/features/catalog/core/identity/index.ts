export * from './ownership';
export * from './recentEntities';
export * from './starredEntities';
