export { compileNode, compilePattern, type Pattern } from './pattern';
export { type StepBudget, StepsSpentError } from './patternSearch';
export type { PatternNode } from './patternSyntax';
