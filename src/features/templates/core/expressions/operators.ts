/** Names of literals. */
export const LITERALS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['none', null],
  ['null', null],
]);

/** Precedence of binary operators. Equal ones are left-associative. */
export const BINARY_PRECEDENCE: Readonly<Record<string, number | undefined>> = {
  or: 1,
  and: 2,
  in: 4,
  'not in': 4,
  is: 5,
  '==': 6,
  '===': 6,
  '!=': 6,
  '!==': 6,
  '<': 7,
  '<=': 7,
  '>': 7,
  '>=': 7,
  '+': 8,
  '-': 8,
  '~': 8,
  '*': 9,
  '/': 10,
  '//': 11,
  '%': 12,
  '**': 13,
};

/** Comparison operators of `BINARY`. */
export const COMPARISONS: ReadonlySet<string> = new Set([
  '==',
  '===',
  '!=',
  '!==',
  '<',
  '<=',
  '>',
  '>=',
]);

/** Precedence of the unary `not`. */
export const NOT_PRECEDENCE = 3;
/** Precedence of `is`, which can't be chained. */
export const TEST_PRECEDENCE = 5;
