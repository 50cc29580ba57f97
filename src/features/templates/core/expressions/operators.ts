/** Names that are values. */
export const LITERALS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['none', null],
  ['null', null],
]);

/** How strongly operators bind; those that bind equally are read from the left. */
export const BINARY: Readonly<Record<string, number | undefined>> = {
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

/** Operators that compare, of all that `BINARY` has. */
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

/** Of the `not` before an expression. */
export const NOT_BINDS = 3;
/** Of `is`, which no other can follow. */
export const TEST_BINDS = 5;
