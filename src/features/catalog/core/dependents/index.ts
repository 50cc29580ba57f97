export * from './dependentRules';
export * from './findDependents';
