import type { Reader } from '../attack';
import { grammars } from '../grammars';
import type { Random } from '../random';

/** Characters that readers treat in a special way, in any format. */
const SPECIAL = [
  '\n',
  '\r\n',
  '\r',
  '\t',
  ' ',
  '\0',
  '\ufeff',
  '\u2028',
  '\ud800',
  '\u{1f600}',
  '\u0301',
  '"',
  "'",
  '`',
  '\\',
  '/',
  ':',
  ': ',
  '- ',
  '#',
  '&',
  '*',
  '!',
  '|',
  '>',
  '%',
  '@',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '<',
  '$',
  '0',
  '-1',
  '1e999',
  'null',
  'true',
  '~',
  '.',
  '..',
  '__proto__',
  '---\n',
];

const MAX_LENGTH = 2000;

/** Generates a small, nearly valid input of a reader. */
export function generateInput(reader: Reader, random: Random): string {
  const { frames = ['<|>'], format } = reader;
  const frame = random.pick(frames);
  if (grammars[format].isStrict) return frame.split('<|>').join(jsonValue(reader, random, 3));
  const filled = frame
    .split('<|>')
    .map((part, index) => (index === 0 ? part : `${fillingOf(reader, random)}${part}`))
    .join('');
  let text = filled;
  for (let edits = random.below(5); edits > 0; edits--) text = edited(text, reader, random);
  return text.slice(0, MAX_LENGTH);
}

function fillingOf({ format, frames = ['x'] }: Reader, random: Random): string {
  const { pieces, nests, quote } = grammars[format];
  let filling = '';
  for (let parts = random.below(7); parts > 0; parts--) {
    switch (random.below(5)) {
      case 0: {
        const [open, close] = nests.length > 0 ? random.pick(nests) : ['', ''];
        filling = `${open}${filling}${random.below(4) === 0 ? '' : close}`;
        break;
      }
      case 1:
        filling += random.pick(SPECIAL);
        break;
      case 2:
        filling += quote(random.pick(SPECIAL));
        break;
      case 3:
        filling += random.below(6) === 0 ? random.pick(frames) : 'x';
        break;
      default:
        filling += random.pick(pieces);
    }
  }
  return filling;
}

/** Deletes, repeats, moves or inserts a part. */
function edited(text: string, { format, frames = ['x'] }: Reader, random: Random): string {
  const from = random.below(text.length + 1);
  const to = Math.min(text.length, from + random.below(1 + random.below(40)));
  const part = text.slice(from, to);
  const [before, after] = [text.slice(0, from), text.slice(to)];
  switch (random.below(6)) {
    case 0:
      return before + after;
    case 1:
      return before + part.repeat(2 + random.below(3)) + after;
    case 2:
      return before + random.pick(SPECIAL) + part + after;
    case 3:
      return before + random.pick(grammars[format].pieces) + after;
    case 4:
      return random.below(4) === 0 ? before : before + after + part;
    default:
      return random.below(8) === 0 ? before + random.pick(frames) + after : before + after;
  }
}

const NAMES = [
  'a',
  'id',
  'name',
  'type',
  'kind',
  'metadata',
  'spec',
  'items',
  'properties',
  'url',
  'file',
  'range',
  'start',
  'line',
  'command',
  '__proto__',
  'constructor',
  '',
  '$ref',
  'toString',
];

/** Any JSON value, for readers of parsed values. */
function jsonValue(reader: Reader, random: Random, depth: number): string {
  const size = (): number[] => Array<number>(random.below(4)).fill(0);
  switch (depth > 0 ? random.below(7) : random.below(4)) {
    case 0:
      return JSON.stringify(random.pick(SPECIAL).toWellFormed());
    case 1:
      return random.pick(['0', '-1', '1e300', '0.5', '2147483648', 'null', 'true', 'false', '""']);
    case 2:
      return random.pick(grammars[reader.format].pieces);
    case 3:
      return JSON.stringify(random.pick(NAMES));
    case 4:
      return `[${size()
        .map(() => jsonValue(reader, random, depth - 1))
        .join(',')}]`;
    default:
      return `{${size()
        .map(() => `${JSON.stringify(random.pick(NAMES))}:${jsonValue(reader, random, depth - 1)}`)
        .join(',')}}`;
  }
}
