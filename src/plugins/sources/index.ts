export * from './age';
export * from './failureNotices';
export * from './instanceWords';
export * from './overlayCard';
export * from './servedEntities';
export * from './sourceNodes';
export * from './sourceQuestions';
export * from './sourceRows';
