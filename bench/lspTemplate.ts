import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LspProcess } from '../test/support/lspProcess';
import { report } from './measuring';
import { aTemplate } from './templateTexts';

const FILE = 'bench-template.yaml';
const STEPS = 300;
const KEYSTROKES = 40;

/** Of somebody who types fast, in milliseconds. */
export const BETWEEN_KEYSTROKES = 100;

/** What is asked in the middle of the Template: a line below the `id` of a step, and what stands before the cursor. */
interface Place {
  readonly name: string;
  readonly method: 'completion' | 'hover';
  readonly step: number;
  readonly line: number;
  readonly before: string;
  /** What is typed and taken back. */
  readonly typed: string;
}

const FETCH = STEPS / 2;
const PUBLISH = FETCH + 2;

const PLACES: readonly Place[] = [
  ...(['completion', 'hover'] as const).flatMap((method): Place[] => [
    place(method, 'in an expression', FETCH, 3, 'if: ${{ parameters.', 'n'),
    place(method, 'of an output in an expression', FETCH, 11, '.output.', 'r'),
    place(method, 'of the key of an action input', PUBLISH, 5, '        d', 'x'),
    place(method, 'of the value of an action input', PUBLISH, 6, 'repoVisibility: ', 'p'),
    place(method, 'of an action', FETCH, 2, 'action: fetch', 'x'),
    place(method, 'of a field of a step', FETCH, 2, '      ac', 'x'),
  ]),
];

function place(
  method: Place['method'],
  name: string,
  ...[step, line, before, typed]: [number, number, string, string]
): Place {
  return { method, name: `${method} ${name}`, step, line, before, typed };
}

/** Each is asked right after a keystroke, so that what the edit asks of the server is in it. */
export async function measureTemplate(client: LspProcess): Promise<void> {
  const text = aTemplate(STEPS);
  writeFileSync(join(client.folder, FILE), text);
  client.open(FILE, text);
  await client.untilShown(FILE, shown => shown.length > 0);
  const lines = text.split('\n');
  for (const { name, method, step, line, before, typed } of PLACES) {
    const at = lines.findIndex(candidate => candidate.includes(`- id: step-${step}`)) + line;
    const column = lines[at]?.indexOf(before) ?? -1;
    if (column < 0) throw new Error(`There is no ${before} in ${lines[at]}`);
    const start = { line: at, character: column + before.length };
    report(
      `a Template of ${STEPS} steps: ${name}`,
      await timesOfTyping(client, { file: FILE, start, typed, method }),
    );
  }
  client.close(FILE);
  rmSync(join(client.folder, FILE));
}

/** How long the answer takes that is asked for with each keystroke: of a letter, and of taking it back. */
export async function timesOfTyping(
  client: LspProcess,
  {
    file,
    start,
    typed,
    method,
  }: {
    readonly file: string;
    readonly start: { readonly line: number; readonly character: number };
    readonly typed: string;
    readonly method: Place['method'];
  },
): Promise<readonly number[]> {
  const behind = { ...start, character: start.character + typed.length };
  const times: number[] = [];
  for (let keystroke = 0; keystroke < KEYSTROKES; keystroke++) {
    await delay(BETWEEN_KEYSTROKES);
    const isTaken = keystroke % 2 === 1;
    client.change(file, isTaken ? '' : typed, { start, end: isTaken ? behind : start });
    const { line, character } = isTaken ? start : behind;
    const sent = performance.now();
    await client.at(method, file, [line, character]);
    times.push(performance.now() - sent);
  }
  return times;
}
