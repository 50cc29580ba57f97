export * from './failureNotices';
export * from './selectableKinds';
export * from './settingsWords';
export * from './sourceNodes';
export * from './sourceQuestions';
export * from './sourceRows';
