/** Syntax tree of a pattern. It doesn't record captures or greediness, which don't affect whether a text matches. */
export type PatternNode =
  | { readonly type: 'character'; readonly source: string; readonly flags: string }
  | { readonly type: 'sequence' | 'alternatives'; readonly items: readonly PatternNode[] }
  | {
      readonly type: 'repetition';
      readonly item: PatternNode;
      readonly min: number;
      readonly max: number;
    }
  | { readonly type: 'place'; readonly is: Place }
  /** Any text that the item doesn't match. The item has no places and no lookarounds. */
  | { readonly type: 'except'; readonly item: PatternNode }
  | {
      readonly type: 'look';
      readonly item: PatternNode;
      readonly isBehind: boolean;
      readonly isWanted: boolean;
    };

/** A condition on a place between two characters; with `ignoreCase`, two more letters are word characters. */
export type Place =
  | { readonly at: 'start' | 'end'; readonly ofLine: boolean }
  | { readonly at: 'behindStart' }
  | { readonly at: 'edge' | 'noEdge'; readonly ignoreCase: boolean };

/** The maximum nesting of groups, since each level takes space on the stack. */
const MAX_DEPTH = 250;

/**
 * Parses a regular expression that JavaScript has accepted, by default with the flag `u`.
 *
 * @throws Error if it has back references or too deeply nested groups
 */
export function readPattern(source: string, { isUnicode = true } = {}): PatternNode {
  return new Reader(source, isUnicode).alternatives({ flags: isUnicode ? 'u' : '', depth: 0 });
}

interface Context {
  /** Flags for matching characters. */
  readonly flags: string;
  readonly depth: number;
}

const GROUP = /\((?:\?(?:(?<look><?[=!])|<[^>]*>|(?<on>[ims]*)(?:-(?<off>[ims]*))?:))?/y;
const REPETITION = /(?:[*+?]|\{(?<min>\d+)(?<open>,(?<max>\d*))?\})\??/y;
/** A class, an escape (a surrogate pair is one character), or a literal character. */
const CHARACTER =
  /\[(?:\\.|[^\]\\])*\]|\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|x..|c.|.)|./suy;
/** The same without the flag `u`: an unknown escape is the character itself. */
const CODE_UNIT =
  /\[(?:\\.|[^\]\\])*\]|\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[a-zA-Z]|0[0-7]{0,2}|.)|./sy;
const REFERENCE = /^\\[k1-9]/;

class Reader {
  #source: string;
  #isUnicode: boolean;
  #at = 0;

  constructor(source: string, isUnicode: boolean) {
    this.#source = source;
    this.#isUnicode = isUnicode;
  }

  alternatives(context: Context): PatternNode {
    if (context.depth > MAX_DEPTH) throw new Error('The groups of a pattern are nested too deeply');
    const items = [this.#sequence(context)];
    while (this.#takeText('|')) items.push(this.#sequence(context));
    return items.length === 1 && items[0] ? items[0] : { type: 'alternatives', items };
  }

  #sequence(context: Context): PatternNode {
    const items: PatternNode[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source.charAt(this.#at))) {
      items.push(this.#repeated(this.#term(context)));
    }
    return { type: 'sequence', items };
  }

  #term(context: Context): PatternNode {
    const group = this.#take(GROUP);
    if (group) return this.#group(group.groups ?? {}, context);
    const [source = ''] = this.#take(this.#isUnicode ? CHARACTER : CODE_UNIT) ?? [];
    if (REFERENCE.test(source) && (source !== '\\k' || this.#hasNames())) {
      throw new Error(`A pattern refers to one of its groups: ${source}`);
    }
    const { flags } = context;
    if (source === '\\c') {
      // Not a control character: the backslash is a literal.
      this.#at--;
      return { type: 'character', source: '\\\\', flags };
    }
    const ofLine = flags.includes('m');
    const ignoreCase = flags.includes('i');
    switch (source) {
      case '^':
        return { type: 'place', is: { at: 'start', ofLine } };
      case '$':
        return { type: 'place', is: { at: 'end', ofLine } };
      case '\\b':
        return { type: 'place', is: { at: 'edge', ignoreCase } };
      case '\\B':
        return { type: 'place', is: { at: 'noEdge', ignoreCase } };
      default:
        return { type: 'character', source, flags };
    }
  }

  #hasNames(): boolean {
    return this.#isUnicode || /\(\?<[^=!]/.test(this.#source);
  }

  #group(
    { look, on = '', off = '' }: Record<string, string | undefined>,
    { flags, depth }: Context,
  ): PatternNode {
    const kept = [...flags].filter(flag => !off.includes(flag) && !on.includes(flag));
    const item = this.alternatives({ flags: [...kept, on].join(''), depth: depth + 1 });
    this.#takeText(')');
    if (look === undefined) return item;
    return { type: 'look', item, isBehind: look.startsWith('<'), isWanted: look.endsWith('=') };
  }

  #repeated(item: PatternNode): PatternNode {
    const found = this.#take(REPETITION);
    if (!found) return item;
    const { min, open, max } = found.groups ?? {};
    if (min === undefined) {
      const [sign = ''] = found[0];
      return {
        type: 'repetition',
        item,
        min: sign === '+' ? 1 : 0,
        max: sign === '?' ? 1 : Infinity,
      };
    }
    const most = open === undefined ? min : max || Infinity;
    return { type: 'repetition', item, min: Number(min), max: Number(most) };
  }

  #takeText(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  /** Consumes a match at the current position. */
  #take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#source) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }
}
