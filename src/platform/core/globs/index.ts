export { type IgnoreRules, readIgnoreRules } from './gitignore';
export { Glob, isTooComplex } from './glob';
export { isPattern } from './patterns';
export { PicomatchGlob } from './picomatchGlob';
export { type MeteredPattern, StepMeter } from './stepMeter';
