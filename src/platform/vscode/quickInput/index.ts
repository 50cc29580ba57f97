export * from './quickSteps';
