/** A pattern stands for more patterns than are matched. */
export class TooManyAlternativesError extends Error {
  override readonly name = 'TooManyAlternativesError';
}

const MAX_ALTERNATIVES = 1000;
/** In all alternatives together. */
const MAX_CHARACTERS = 200_000;
/** Characters to look at. */
const MAX_STEPS = 1_000_000;
const MAX_DEPTH = 100;

/** Stand for characters that are escaped. */
const ESCAPES: readonly (readonly [escape: string, mark: string, character: string])[] = [
  ['\\\\', '\0BACKSLASH\0', '\\'],
  ['\\{', '\0OPEN\0', '{'],
  ['\\}', '\0CLOSE\0', '}'],
  ['\\,', '\0COMMA\0', ','],
  ['\\.', '\0DOT\0', '.'],
];
const CLOSE = '\0CLOSE\0';

/**
 * Expands the braces of a pattern: `a/{b,c}{1..2}` to `a/b1`, `a/b2`, `a/c1` and `a/c2`.
 *
 * Source: brace-expansion 5, which minimatch uses; NOTICE has its license.
 *
 * @throws TooManyAlternativesError
 */
export function expandBraces(pattern: string): readonly string[] {
  if (!/\{(?:(?!\{).)*\}/.test(pattern)) return [pattern];
  let text = pattern.replaceAll('\\\\', '\\\\\\\\').replace(/^\{\}/, '\\{\\}');
  for (const [escape, mark] of ESCAPES) text = text.replaceAll(escape, mark);
  const found = new Expansion().expand(text, { isTop: true, depth: 0 });
  return found.map(alternative =>
    ESCAPES.reduce(
      (result, [, mark, character]) => result.replaceAll(mark, character),
      alternative,
    ),
  );
}

interface Group {
  readonly before: string;
  readonly body: string;
  readonly after: string;
}

class Expansion {
  #steps = MAX_STEPS;

  expand(whole: string, { isTop, depth }: { isTop: boolean; depth: number }): readonly string[] {
    if (depth > MAX_DEPTH) throw new TooManyAlternativesError();
    let found: readonly string[] = [''];
    // Empty results are dropped where the first group has commas.
    let dropsEmpty = false;
    let isTopNow = isTop;
    let isFirst = true;
    for (let text = whole; ;) {
      const group = this.#firstGroup(text);
      if (!group) return this.#combined(found, text, [''], dropsEmpty);
      const { before, body, after } = group;
      const isLast = after === '';
      if (before.endsWith('$')) {
        found = this.#combined(found, `${before}{${body}}`, [''], dropsEmpty && isLast);
        isFirst = false;
      } else {
        const range = RANGE.exec(body)?.groups;
        if (!range && !body.includes(',')) {
          if (!this.#hasLaterComma(after)) {
            return this.#combined(found, `${before}{${body}}${after}`, [''], dropsEmpty);
          }
          // The group ends at a later brace, as that of `{a},b}`.
          text = `${before}{${body}${CLOSE}${after}`;
          isTopNow = true;
          continue;
        }
        if (isFirst) dropsEmpty = isTopNow && !range;
        isFirst = false;
        const values = range ? rangeValues(range) : this.#choices(body, depth);
        found = this.#combined(found, before, values, dropsEmpty && isLast);
      }
      if (isLast) return found;
      text = after;
    }
  }

  #choices(body: string, depth: number): readonly string[] {
    const parts = this.#parts(body);
    const [only = ''] = parts;
    const choices =
      parts.length > 1
        ? parts
        : this.expand(only, { isTop: false, depth: depth + 1 }).map(part => `{${part}}`);
    if (choices.length === 1) return choices;
    return choices.flatMap(choice => this.expand(choice, { isTop: false, depth: depth + 1 }));
  }

  /** What commas part that are in no group. */
  #parts(body: string): readonly string[] {
    this.#spend(body.length);
    const parts: string[] = [];
    let depth = 0;
    let start = 0;
    for (let at = 0; at < body.length; at++) {
      const character = body[at];
      if (character === '{') depth++;
      else if (character === '}') depth = Math.max(0, depth - 1);
      else if (character === ',' && depth === 0) {
        parts.push(body.slice(start, at));
        start = at + 1;
      }
    }
    return [...parts, body.slice(start)];
  }

  /** The first group that is closed and in no other one that is. */
  #firstGroup(text: string): Group | undefined {
    this.#spend(text.length);
    const open: number[] = [];
    let first: readonly [number, number] | undefined;
    for (let at = 0; at < text.length; at++) {
      if (text[at] === '{') open.push(at);
      if (text[at] !== '}') continue;
      const start = open.pop();
      if (start === undefined) continue;
      if (!first || start < first[0]) first = [start, at];
      if (open.length === 0) break;
    }
    if (!first) return undefined;
    const [start, end] = first;
    return {
      before: text.slice(0, start),
      body: text.slice(start + 1, end),
      after: text.slice(end + 1),
    };
  }

  /** Whether a brace closes behind a comma on its line that no other comma follows. */
  #hasLaterComma(text: string): boolean {
    this.#spend(text.length);
    return text.split(/[\n\r\u2028\u2029]/).some(line => {
      const end = line.lastIndexOf('}');
      for (let at = 0; at < end; at++) {
        if (line[at] === ',' && line[at + 1] !== ',') return true;
      }
      return false;
    });
  }

  #combined(
    starts: readonly string[],
    before: string,
    ends: readonly string[],
    dropsEmpty: boolean,
  ): readonly string[] {
    if (starts.length * ends.length > MAX_ALTERNATIVES) throw new TooManyAlternativesError();
    const all = starts.flatMap(start => ends.map(end => start + before + end));
    const length = all.reduce((sum, text) => sum + text.length, 0);
    if (length > MAX_CHARACTERS) throw new TooManyAlternativesError();
    this.#spend(length);
    return dropsEmpty ? all.filter(text => text !== '') : all;
  }

  #spend(steps: number): void {
    this.#steps -= steps;
    if (this.#steps < 0) throw new TooManyAlternativesError();
  }
}

const RANGE =
  /^(?:(?<from>-?\d+)\.\.(?<to>-?\d+)|(?<first>[a-zA-Z])\.\.(?<last>[a-zA-Z]))(?:\.\.(?<step>-?\d+))?$/;

function rangeValues(range: Readonly<Record<string, string | undefined>>): readonly string[] {
  const { from, to, first, last, step } = range;
  const isNumber = from !== undefined;
  const ends = [from ?? first ?? '', to ?? last ?? ''];
  const [start = 0, end = 0] = ends.map(text =>
    isNumber ? parseInt(text, 10) : text.charCodeAt(0),
  );
  const width = Math.max(...ends.map(text => text.length));
  const isPadded = isNumber && [...ends, step ?? ''].some(text => /^-?0\d/.test(text));
  const distance = Math.max(Math.abs(parseInt(step ?? '1', 10)), 1);
  const values: string[] = [];
  const isDown = end < start;
  for (
    let value = start;
    isDown ? value >= end : value <= end;
    value += isDown ? -distance : distance
  ) {
    if (values.length >= MAX_ALTERNATIVES) throw new TooManyAlternativesError();
    values.push(isNumber ? padded(value, isPadded ? width : 0) : characterOf(value));
  }
  return values;
}

function padded(value: number, width: number): string {
  const digits = String(Math.abs(value));
  const sign = value < 0 ? '-' : '';
  return sign + digits.padStart(width - sign.length, '0');
}

function characterOf(code: number): string {
  const character = String.fromCharCode(code);
  return character === '\\' ? '' : character;
}
