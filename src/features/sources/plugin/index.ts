export * from './failureNotices';
export * from './pastedAddress';
export * from './selectableKinds';
export * from './sourceRows';
export * from './sourceQuestions';
