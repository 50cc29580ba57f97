import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LspProcess } from '../test/support/lspProcess';
import { report } from './measuring';
import { aTemplate } from './templateTexts';

const FILE = 'bench-template.yaml';
const STEPS = 300;
const KEYSTROKES = 40;

/** Milliseconds between two keystrokes of a fast typist. */
export const BETWEEN_KEYSTROKES = 100;

/** Position of a request in the middle of the Template: a line below the `id` of a step, and the text before the cursor. */
interface Place {
  readonly name: string;
  readonly method: 'completion' | 'hover';
  readonly step: number;
  readonly line: number;
  readonly before: string;
  /** Text that is typed and deleted again. */
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

/** Measures requests right after a keystroke, so that the times include the work for the edit. */
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

/** Returns the response times of a request after each keystroke: after typing a letter, and after deleting it. */
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
