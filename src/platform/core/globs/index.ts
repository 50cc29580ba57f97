export { type IgnoreRules, readIgnoreRules } from './gitignore';
export { Glob, isPattern, isTooComplex } from './glob';
export { PicomatchGlob } from './picomatchGlob';
export { type MeteredPattern, StepMeter } from './stepMeter';
