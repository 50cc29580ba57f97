export * from './effects';
export * from './settings';
