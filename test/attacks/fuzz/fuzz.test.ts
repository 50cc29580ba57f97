import { writeSync } from 'node:fs';
import { inspect, isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Reader } from '../attack';
import { attempt, prototypeNames } from '../inspect';
import { randomFrom } from '../random';
import { readers } from '../readers';
import { generateInput } from './generate';
import { minimize } from './minimize';
import { minimized } from './minimized';
import { placeOutside } from './places';
import { fileOfPlaces, isFuzzed, mayDiffer } from './readerTraits';

vi.mock('vscode', () => ({ l10n: { t: (message: string) => message } }));

const isLong = process.env['ATTACKS'] === 'long';
/** Seconds for all readers together. */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 1200);
const FIRST_SEED = Number(process.env['FUZZ_SEED'] ?? (isLong ? Date.now() % 2 ** 31 : 1));
/** One reader alone. */
const only = process.env['FUZZ'];
/** Cases of each reader in a usual run. */
const CASES = 2;

/** Microseconds of CPU time after which reading a few lines counts as hanging. */
const DEADLINE = 3_000_000;

const counts = new Map<string, number>();

/** Failure of reading an input, if any. */
async function complaintAbout(reader: Reader, input: string): Promise<string | undefined> {
  const results: unknown[] = [];
  const watched: Reader = {
    ...reader,
    read: async text => {
      const result = await reader.read(text);
      results.push(result);
      return result;
    },
  };
  const prototypes = prototypeNames();
  try {
    const time = await attempt(watched, input);
    const next = await attempt(watched, input);
    // The first one may have been compiled meanwhile.
    if (Math.min(time, next) > DEADLINE) return 'It takes too long';
  } catch (error) {
    return `It throws: ${String(error)}`;
  }
  if (prototypeNames() !== prototypes) return 'It changes a prototype';
  const [first, second] = results;
  if (results.length === 2 && !mayDiffer(reader.name) && !isSame(first, second)) {
    return 'The second reading differs from the first';
  }
  const file = fileOfPlaces(reader.name);
  const place = file === undefined ? undefined : placeOutside(first, { text: input, file });
  return place === undefined ? undefined : `A place is outside of the text: ${place}`;
}

/** Compares results; functions in them differ each time. */
function isSame(one: unknown, other: unknown): boolean {
  if (isDeepStrictEqual(one, other)) return true;
  const [text, otherText] = [one, other].map(value => inspect(value, SHOWN));
  return text === otherText;
}

const SHOWN = { depth: 40, maxArrayLength: 10_000, maxStringLength: 100_000 };

/** The part of a complaint that stays the same while its input gets shorter. */
const kindOf = (complaint: string | undefined): string | undefined =>
  complaint?.slice(0, 40).replaceAll(/[0-9]+/g, '0');

async function fuzz(reader: Reader, seed: number): Promise<void> {
  const input = generateInput(reader, randomFrom(seed));
  const complaint = await complaintAbout(reader, input);
  if (complaint === undefined) return;
  const least = await minimize(
    input,
    async shorter => kindOf(await complaintAbout(reader, shorter)) === kindOf(complaint),
  );
  const finding =
    `${(await complaintAbout(reader, least)) ?? complaint}\n` +
    `{ reader: ${JSON.stringify(reader.name)}, input: ${JSON.stringify(least)} },\n` +
    `FUZZ=${JSON.stringify(reader.name)} FUZZ_SEED=${seed}\n`;
  // Prints at once, because the run with other readers takes long.
  writeSync(2, finding);
  throw new Error(finding);
}

describe('random inputs', () => {
  const chosen = readers.filter(reader => (only ? reader.name === only : isFuzzed(reader)));
  it.each(chosen)('are read by $name', async reader => {
    const end = Date.now() + (SECONDS * 1000) / chosen.length;
    const most = isLong ? Number.POSITIVE_INFINITY : CASES;
    let count = 0;
    for (; count < most && (!isLong || Date.now() < end); count++) {
      await fuzz(reader, FIRST_SEED + count);
    }
    counts.set(reader.name, count);
  });
});

it.each(minimized)('$reader: $input', async ({ reader: name, input }) => {
  const reader = readers.find(other => other.name === name);
  if (!reader) throw new Error(`There is no reader ${name}`);
  expect(await complaintAbout(reader, input)).toBeUndefined();
});

afterAll(() => {
  if (!isLong) return;
  const sum = [...counts.values()].reduce((all, count) => all + count, 0);
  console.log(`${sum} random inputs from seed ${FIRST_SEED}`);
  for (const [name, count] of counts) console.log(`  ${name}: ${count}`);
});
