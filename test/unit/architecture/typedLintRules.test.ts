import { expect, it } from 'vitest';
import { lint } from '../../support/lint';

/** Rules that need types. */
const TYPED = [
  'await-thenable',
  'no-array-delete',
  'no-base-to-string',
  'no-duplicate-type-constituents',
  'no-floating-promises',
  'no-for-in-array',
  'no-implied-eval',
  'no-misused-promises',
  'no-redundant-type-constituents',
  'no-unnecessary-type-assertion',
  'no-unsafe-argument',
  'no-unsafe-assignment',
  'no-unsafe-call',
  'no-unsafe-enum-comparison',
  'no-unsafe-member-access',
  'no-unsafe-return',
  'no-unsafe-unary-minus',
  'only-throw-error',
  'prefer-promise-reject-errors',
  'restrict-plus-operands',
  'restrict-template-expressions',
  'switch-exhaustiveness-check',
  'unbound-method',
];

/** One violation of each rule. */
const VIOLATIONS = `
declare const anything: any;
declare const text: string;
declare const texts: string[];
declare const value: { a: number };
declare const promised: () => Promise<boolean>;
declare const numbered: (value: number) => void;
declare const shape: 'circle' | 'square';
enum Side { Left }
declare const side: Side;
class Counter { count = 0; add() { this.count++; } }
declare const counter: Counter;

export async function awaitThenable() { await text; }
delete texts[0];
export const noBaseToString = String(value);
export type NoDuplicates = 'a' | 'a';
void 0; promised();
for (const index in texts) numbered(index.length);
setTimeout('numbered(1)', 1);
if (promised()) numbered(1);
export type NoRedundant = 'a' | string;
export const assertion = text as string;
numbered(anything);
export const assigned: { a: number } = anything;
anything();
export const compared = side === 0;
anything.member;
export const returned = (): number => anything;
export const negated = -text;
export function thrown() { throw text; }
export const rejected = Promise.reject(text);
export const added = 1 + value;
export const shown = \`\${value}\`;
switch (shape) { case 'circle': numbered(1); }
export const { add } = counter;
`;

it('applies each rule that needs types and reports it under its name', async () => {
  const [problems = []] = await lint([{ path: 'a.ts', text: VIOLATIONS }], { isTyped: true });
  const reported = new Set(problems.map(({ code }) => code));
  expect(TYPED.filter(name => !reported.has(`typescript(${name})`))).toEqual([]);
});
