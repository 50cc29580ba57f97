export * from './failureNotices';
export * from './selectableKinds';
export * from './sourceRows';
export * from './sourceQuestions';
