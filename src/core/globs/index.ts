export { globExpression } from './globExpression';
export { isPattern, isTooComplex } from './patterns';
