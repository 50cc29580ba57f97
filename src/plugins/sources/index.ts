export * from './age';
export * from './failureNotices';
export * from './overlayCard';
export * from './sourceNodes';
export * from './sourceQuestions';
export * from './sourceRows';
