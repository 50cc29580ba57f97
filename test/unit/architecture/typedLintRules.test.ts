import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callboard-typed-lint-')));
afterAll(() => rmSync(folder, { recursive: true }));

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
  cpSync(inProject('.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  writeFileSync(join(folder, 'a.ts'), VIOLATIONS);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { strict: true, types: [] }, include: ['a.ts'] }),
  );
  const { rules } = JSON.parse(
    readFileSync(inProject('.oxlintrc.json'), 'utf8').replace(/^\s*\/\/.*$/gm, ''),
  ) as { rules: object };
  const names = Object.keys(rules).map(rule => rule.replace('typescript/', ''));
  expect(await reportedRules()).toEqual(names.sort());
});

async function reportedRules(): Promise<readonly string[]> {
  const linter = inProject('node_modules', 'oxlint', 'bin', 'oxlint');
  const options = {
    cwd: folder,
    env: {
      ...process.env,
      OXLINT_TSGOLINT_PATH: inProject('node_modules', '.bin', 'tsgolint'),
    },
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [linter, '--format', 'json', '.'],
    options,
  ).catch((error: { stdout: string }) => error);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
  return [...new Set(diagnostics.map(({ code }) => code.replace(/^.*\((.*)\)$/, '$1')))].sort();
}
