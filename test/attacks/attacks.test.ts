import { writeSync } from 'node:fs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { growth, LINEAR } from '../support/growth';
import type { Family, Reader } from './attack';
import { families } from './families';
import { attempt, prototypeNames } from './inspect';
import { randomFrom } from './random';
import { readers } from './readers';

vi.mock('vscode', () => ({ l10n: { t: (message: string) => message } }));

const isLong = process.env['ATTACKS'] === 'long';
/** `reader name/family/seed`: one attack alone, which is printed. */
const only = process.env['ATTACK']?.split('/');
/** Seeds for each pair of reader and family; the first one is `FIRST_SEED`. */
const SEEDS = isLong ? 20 : 1;
const FIRST_SEED = Number(process.env['ATTACKS_SEED'] ?? 1);
/** Seeds of which slow readings are measured. */
const MEASURED = isLong ? 3 : 1;
/** Characters of an attack, before the scale of its reader. */
const SIZE = isLong ? 8_000 : 2_000;

/** Microseconds of CPU time above which a reading is measured: shorter ones mostly measure the compiler. */
const SLOW = 20_000;

const slowest: { readonly name: string; readonly time: number }[] = [];

function inputOf(reader: Reader, family: Family, seed: number, size: number): string {
  return family.generate(reader, randomFrom(seed), Math.ceil(size * (reader.scale ?? 1)));
}

async function attack(reader: Reader, family: Family, seed: number): Promise<void> {
  const name = `${reader.name}/${family.name}/${seed}`;
  // Written at once, so that the last line names the attack that hangs.
  if (process.env['ATTACKS_TRACE'] !== undefined) writeSync(2, `${name}\n`);
  const input = inputOf(reader, family, seed, SIZE);
  if (only) console.log(input.length > 10_000 ? `${input.slice(0, 10_000)}…` : input);
  const prototypes = prototypeNames();
  try {
    const time = await attempt(reader, input);
    slowest.push({ name, time });
    const isSlow = time > SLOW && seed < FIRST_SEED + MEASURED;
    if (isSlow && family.isMeasured && !reader.isBudgeted) await expectLinear(reader, family, seed);
  } catch (error) {
    const shown = JSON.stringify(input.length > 400 ? `${input.slice(0, 400)}…` : input);
    const how = `ATTACK='${name}'${isLong ? ' ATTACKS=long' : ''}`;
    throw new Error(`${how} npx vitest run test/attacks/attacks.test.ts\nInput: ${shown}`, {
      cause: error,
    });
  }
  expect(prototypeNames()).toBe(prototypes);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
}

async function expectLinear(reader: Reader, family: Family, seed: number): Promise<void> {
  const run = (size: number): Promise<unknown> =>
    attempt(reader, inputOf(reader, family, seed, size)).catch((error: unknown) => error);
  expect(await growth(run, SIZE)).toBeLessThan(LINEAR);
}

describe.each(readers.filter(({ name }) => !only || name === only[0]))('$name', reader => {
  const fitting = families.filter(
    family =>
      family.fits(reader) &&
      !Object.hasOwn(reader.except ?? {}, family.name) &&
      (!only || family.name === only[1]),
  );
  it.each(fitting)('withstand $name', async family => {
    const seeds = only?.[2]
      ? [Number(only[2])]
      : Array.from({ length: SEEDS }, (_, index) => FIRST_SEED + index);
    for (const seed of seeds) await attack(reader, family, seed);
  });
});

afterAll(() => {
  if (!process.env['ATTACKS_SLOWEST']) return;
  slowest.sort((a, b) => b.time - a.time);
  for (const { name, time } of slowest.slice(0, 30))
    console.log(Math.round(time / 1000), 'ms', name);
});
