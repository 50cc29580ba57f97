export * from './forms';
export * from './patternRules';
