export { compilePattern, type Pattern } from './pattern';
export { type StepBudget, StepsSpentError } from './patternSearch';
