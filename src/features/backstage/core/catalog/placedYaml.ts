import { withoutTrailing } from '../../../../base';
import type { JsonObject, JsonValue } from '../../../../model';

/** Position of a scalar: line, start and end character. */
export type Place = readonly [line: number, start: number, end: number];

/** Joins the segments of a path. */
export function pathKey(segments: readonly (string | number)[]): string {
  return segments.join('\0');
}

export interface PlacedYaml {
  readonly text: string;
  /** Positions of single-line scalars, by `pathKey`. */
  readonly places: ReadonlyMap<string, Place>;
  /** Number of lines, without the empty one after the last line feed. */
  readonly lines: number;
}

/**
 * Writes data as block style YAML and returns positions of scalars. YAML libraries either write, or return
 * positions when they parse; doing both for many thousands of entities takes a hundred times as long.
 *
 * @param value - JSON, at most some hundred levels deep
 * @param head - comment lines at the start
 * @param isWanted - whether to record the position of the scalar at a path
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
    // Computed on demand, because mostly only positions are needed.
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

  /** @param lead - start of the first line; other lines are indented as far */
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
   * @param lead - line so far: a key, or the dash of an item
   * @param indent - column of that key or dash
   */
  #value(value: JsonValue, path: readonly (string | number)[], lead: string, indent: number): void {
    if (Array.isArray(value)) {
      if (!value.length) this.#scalar('[]', path, lead);
      else {
        // Starts on a new line, after the key or the dash.
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
    // The first key follows the dash, unless it needs a line of its own.
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

/** Maximum characters of a key on the line of its value; YAML allows 1,024. */
const LONGEST_KEY = 1000;

/** Matches plain scalars that have the same meaning in all versions of YAML. */
const PLAIN =
  /^[A-Za-z_/][\w./@+()'=-]*(?::[\w./@+()'=-]+)*(?: [\w./@+()'=-]+(?::[\w./@+()'=-]+)*)*$/;
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** Matches characters that end a line in some versions of YAML, or must be escaped. */
const UNWRITABLE = /[\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]|(?![\n\t])\p{Cc}/u;

/** Whether a text can be written as a literal block. */
function isBlock(text: string): boolean {
  return text.includes('\n') && /^\S/.test(text) && !UNWRITABLE.test(text);
}

function isPlain(text: string): boolean {
  return text.length <= 1000 && PLAIN.test(text) && !RESERVED.test(text);
}

function writtenKey(key: string): string {
  return /^[A-Za-z_][\w./-]*$/.test(key) && !RESERVED.test(key) ? key : quoted(key);
}

/** Quotes a text as JSON, which is valid YAML, and escapes characters that YAML versions treat differently. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
