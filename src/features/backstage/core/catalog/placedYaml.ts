import { withoutTrailing } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';

/** Where a scalar stands: its line, and its first and last character. */
export type Place = readonly [line: number, start: number, end: number];

/** Segments of a path, as one text. */
export function pathKey(segments: readonly (string | number)[]): string {
  return segments.join('\0');
}

export interface PlacedYaml {
  readonly text: string;
  /** By `pathKey`, scalars that take no more than one line. */
  readonly places: ReadonlyMap<string, Place>;
  /** How many lines there are, the empty one behind the last line feed not counted. */
  readonly lines: number;
}

/**
 * Data as block style YAML, in the order of its keys, and where the scalars in it stand. Libraries write YAML, or say
 * where something stands in what they read; to do the one after the other for each of many thousands of entities takes
 * a hundred times as long.
 *
 * @param value - of JSON, not deeper than some hundred levels
 * @param head - lines in front, comments
 * @param isWanted - whether the place of what stands at a path, in text, is to be told
 */
export function writePlacedYaml(
  value: JsonObject,
  {
    head,
    isWanted,
  }: { readonly head: readonly string[]; readonly isWanted: (key: string) => boolean },
): PlacedYaml {
  const writer = new Writer(head, isWanted);
  if (Object.keys(value).length) writer.object(value, [], '');
  else writer.lines.push('{}');
  const { lines, places } = writer;
  return {
    // Mostly, only the places are asked for.
    get text() {
      return `${lines.join('\n')}\n`;
    },
    places,
    lines: lines.length,
  };
}

class Writer {
  readonly lines: string[];
  readonly places = new Map<string, Place>();
  readonly #isWanted: (key: string) => boolean;

  constructor(head: readonly string[], isWanted: (key: string) => boolean) {
    this.lines = [...head];
    this.#isWanted = isWanted;
  }

  /** @param lead - what the first line begins with; the others are indented as far */
  object(value: JsonObject, path: readonly (string | number)[], lead: string): void {
    const indent = lead.length;
    let before = lead;
    for (const [key, item] of Object.entries(value)) {
      const written = writtenKey(key);
      const at = [...path, key];
      if (written.length > LONGEST_KEY) {
        this.lines.push(`${before}? ${written}`);
        this.#value(item, at, `${' '.repeat(indent)}:`, indent);
      } else this.#value(item, at, `${before}${written}:`, indent);
      before = ' '.repeat(indent);
    }
  }

  /**
   * @param lead - the line so far: a key, or the dash of an item
   * @param indent - where that key or dash begins
   */
  #value(value: JsonValue, path: readonly (string | number)[], lead: string, indent: number): void {
    if (Array.isArray(value)) {
      if (!value.length) this.#scalar('[]', path, lead);
      else {
        // The line of the key, or the dash of a list in a list, stands alone.
        this.lines.push(lead);
        for (const [index, item] of value.entries()) {
          this.#item(item, [...path, index], indent + 2);
        }
      }
    } else if (typeof value === 'object' && value !== null) {
      if (!Object.keys(value).length) this.#scalar('{}', path, lead);
      else {
        this.lines.push(lead);
        this.object(value, path, ' '.repeat(indent + 2));
      }
    } else if (typeof value === 'string') this.#text(value, path, lead, indent);
    else this.#scalar(JSON.stringify(value), path, lead);
  }

  #item(value: JsonValue, path: readonly (string | number)[], indent: number): void {
    const dash = `${' '.repeat(indent)}-`;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const [first] = isObject ? Object.keys(value) : [];
    // The first key of an object stands behind the dash, unless it needs a line of its own.
    if (isObject && first !== undefined && writtenKey(first).length <= LONGEST_KEY) {
      this.object(value, path, `${dash} `);
    } else this.#value(value, path, dash, indent);
  }

  #text(text: string, path: readonly (string | number)[], lead: string, indent: number): void {
    if (!isBlock(text)) return this.#scalar(isPlain(text) ? text : quoted(text), path, lead);
    const body = withoutTrailing(text, '\n');
    const end = text.length - body.length;
    this.lines.push(`${lead} |${end === 0 ? '-' : end === 1 ? '' : '+'}`);
    const margin = ' '.repeat(indent + 2);
    for (const line of body.split('\n')) this.lines.push(line === '' ? '' : margin + line);
    for (let blank = 1; blank < end; blank++) this.lines.push('');
  }

  #scalar(written: string, path: readonly (string | number)[], lead: string): void {
    const key = pathKey(path);
    if (this.#isWanted(key)) {
      const start = lead.length + 1;
      this.places.set(key, [this.lines.length, start, start + written.length]);
    }
    this.lines.push(`${lead} ${written}`);
  }
}

/** Of a key on the line of its value; YAML allows 1,024. */
const LONGEST_KEY = 1000;

/** Words with nothing in or between them that means something in any version of YAML. */
const PLAIN =
  /^[A-Za-z_/][\w./@+()'=-]*(?::[\w./@+()'=-]+)*(?: [\w./@+()'=-]+(?::[\w./@+()'=-]+)*)*$/;
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** What ends a line elsewhere, or cannot be written as it is. */
const UNWRITABLE = /[\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]|(?![\n\t])\p{Cc}/u;

/** Whether a text is the same as a literal block. */
function isBlock(text: string): boolean {
  return text.includes('\n') && /^\S/.test(text) && !UNWRITABLE.test(text);
}

function isPlain(text: string): boolean {
  return text.length <= 1000 && PLAIN.test(text) && !RESERVED.test(text);
}

function writtenKey(key: string): string {
  return /^[A-Za-z_][\w./-]*$/.test(key) && !RESERVED.test(key) ? key : quoted(key);
}

/** As JSON, which YAML is made to read; but for what its versions do not agree about. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
