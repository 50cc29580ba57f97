export * from './findDependents';
