import type { Extensions } from '../config';
import { Element } from '../text/element';
import type { SourceText } from '../text/sourceText';
import type { WorkBudget } from '../text/workBudget';
import { type DelimiterMatch, matchDelimiters, type Step, stepOf } from './delimiterPatterns';
import { type InlineRule, isSpace } from './inlineRule';

/** A pattern and the elements it creates. */
interface Pattern {
  readonly steps: readonly Step[];
  /**
   * `single`: one element; `within`: the second element starts the first, which continues after it;
   * `behind`: the second ends the first.
   */
  readonly builds: 'single' | 'within' | 'behind';
  readonly tags: readonly string[];
  /** Whether all patterns apply within its content, not only later ones. */
  readonly recursive: boolean;
}

/** Patterns of a delimiter, in order of priority. */
export interface Family {
  readonly delimiter: string;
  readonly patterns: readonly Pattern[];
}

type Row = readonly [builds: Pattern['builds'] | 'recursive', tags: string, steps: string];

const patternsOf = (rows: readonly Row[]): Pattern[] =>
  rows.map(([builds, tags, steps]) => ({
    builds: builds === 'recursive' ? 'single' : builds,
    recursive: builds === 'recursive',
    tags: tags.split(' '),
    steps: steps.split(' ').map(stepOf),
  }));

const smartAsterisks: readonly Row[] = [
  ['within', 'strong em', '<edge 3 notSD> any <notS 3 edge>'],
  ['within', 'em strong', '<edge 3 notSD> limited <notSD 2 edge> limited <notSD 1 edge>'],
  ['within', 'strong em', '<edge 3 notSD> limited <notSD 1 edge> limited <notSD 2 edge>'],
  ['behind', 'strong em', '<edge 2 notSD> limited <edge 1 notSD> limited <notSD 3 edge>'],
  ['single', 'strong', '<edge 2 notSD> any <notS 2 edge>'],
  ['behind', 'em strong', '<edge 1 notSD> limited <edge 2 notSD> limited <notS 3 edge>'],
  ['recursive', 'em', '<edge 1 notSD> pairs <notSD 1 edge>'],
  ['single', 'em', '<edge 1 notSD> any <notS 1 edge>'],
];

const smartUnderscores: readonly Row[] = [
  ['within', 'strong em', '<notW 3 notSD> any <notS 3 notW>'],
  ['within', 'em strong', '<notW 3 notSD> limited <notS 2 notW> limited <notS 1 notW>'],
  ['within', 'strong em', '<notW 3 notSD> limited <notS 1 notW> limited <notS 2 notW>'],
  ['behind', 'strong em', '<notW 2 notSD> limited <notW 1 notSD> limited <notS 3 notW>'],
  ['single', 'strong', '<notW 2 notSD> any <notS 2 notW>'],
  ['behind', 'em strong', '<notW 1 notSD> limited <notW 2 notSD> limited <notS 3 notW>'],
  ['recursive', 'em', '<notW 1 notSD> pairs <notSD 1 notW>'],
  ['single', 'em', '<notW 1 notSD> any <notS 1 notW>'],
];

const plainEmphasis: readonly Row[] = [
  ['within', 'strong em', '3 notS> few <notS 3'],
  ['within', 'em strong', '3 notSD> plain <notS 2 plain <notS 1'],
  ['within', 'strong em', '3 notSD> plain <notS 1 plain <notS 2'],
  ['behind', 'strong em', '2 notSD> plain 1 notSD> plain <notS 3'],
  ['single', 'strong', '2 notS> noThree <notS 2'],
  ['behind', 'em strong', '<notD 1 notSD> plain 2 plain 3'],
  ['recursive', 'em', '<notD 1 notSD> pairs <notSD 1 notD>'],
  ['single', 'em', '1 notS> plain <notS 1'],
];

/**
 * Returns the patterns of double (`^^inserted^^`, `~~deleted~~`) and single delimiters (`^super^`,
 * `~sub~`).
 */
function pairRows(double: string, single: string, smart: boolean): readonly Row[] {
  const both = `${double} ${single}`;
  const reversed = `${single} ${double}`;
  const ends: readonly Row[] = [
    ['recursive', single, '<notD 1 notSD> pairsInWord <notSD 1 notD>'],
    ['single', single, '1 notS> word <notS 1'],
  ];
  return smart
    ? [
        ['within', both, '3 notSD> word <notS 3'],
        ['within', reversed, '3 notSD> word <notS 2 edge> word <notS 1'],
        ['within', both, '3 notSD> word <notS 1 edge> limited <notS 2'],
        ['behind', both, '<notD 2 notSD> limited <edge 1 notSD> word <notS 3'],
        ['single', double, smartPair],
        ['behind', reversed, '<notD 1 notSD> word <edge 2 notSD> word <notS 3'],
        ...ends,
      ]
    : [
        ['within', both, '3 notS> fewInWord <notS 3'],
        ['within', reversed, '3 notSD> word <notS 2 word <notS 1'],
        ['within', both, '3 notSD> word <notS 1 noThree <notS 2'],
        ['behind', both, '2 notSD> noThree 1 notSD> word <notS 3'],
        ['single', double, plainPair],
        ['behind', reversed, '<notD 1 notSD> word 2 word 3'],
        ...ends,
      ];
}

const smartPair = '<edge 2 notSD> any <notS 2 edge>';
const plainPair = '2 notS> noThree <notS 2';

interface PairOptions {
  readonly delimiter: string;
  readonly double: string;
  readonly single: string;
  readonly doubleOn: boolean;
  readonly singleOn: boolean;
  readonly smart: boolean;
}

function pairFamily({ double, single, doubleOn, singleOn, smart, ...rest }: PairOptions): Family {
  const rows: readonly Row[] = !doubleOn
    ? [['single', single, '1 notS> word <notS 1']]
    : singleOn
      ? pairRows(double, single, smart)
      : [['single', double, smart ? smartPair : plainPair]];
  return { ...rest, patterns: patternsOf(doubleOn || singleOn ? rows : []) };
}

/** Returns the enabled families of `==marked==`, `^^`, `^`, `~~`, and `~`. */
export function markupFamilies(extensions: Extensions): Family[] {
  const families: Family[] = [];
  if (extensions.has('pymdownx.caret')) {
    families.push(
      pairFamily({
        delimiter: '^',
        double: 'ins',
        single: 'sup',
        doubleOn: extensions.flag('pymdownx.caret', 'insert', true),
        singleOn: extensions.flag('pymdownx.caret', 'superscript', true),
        smart: extensions.flag('pymdownx.caret', 'smart_insert', true),
      }),
    );
  }
  if (extensions.has('pymdownx.mark')) {
    const smart = extensions.flag('pymdownx.mark', 'smart_mark', true);
    const rows: readonly Row[] = [['single', 'mark', smart ? smartPair : plainPair]];
    families.push({ delimiter: '=', patterns: patternsOf(rows) });
  }
  if (extensions.has('pymdownx.tilde')) {
    families.push(
      pairFamily({
        delimiter: '~',
        double: 'del',
        single: 'sub',
        doubleOn: extensions.flag('pymdownx.tilde', 'delete', true),
        singleOn: extensions.flag('pymdownx.tilde', 'subscript', true),
        smart: extensions.flag('pymdownx.tilde', 'smart_delete', true),
      }),
    );
  }
  return families;
}

/** Returns the families of `*emphasis*` and `__strength__`. */
export function emphasisFamilies(extensions: Extensions): Family[] {
  const better = extensions.has('pymdownx.betterem');
  const smart = extensions.text('pymdownx.betterem', 'smart_enable', 'underscore');
  const asterisks = better && (smart === 'all' || smart === 'asterisk');
  // Without betterem, Python-Markdown has smart underscores.
  const underscores = !better || smart === 'all' || smart === 'underscore';
  return [
    { delimiter: '*', patterns: patternsOf(asterisks ? smartAsterisks : plainEmphasis) },
    { delimiter: '_', patterns: patternsOf(underscores ? smartUnderscores : plainEmphasis) },
  ];
}

/** Nesting limit. Deeper delimiters are text. */
const maxDepth = 40;

export function delimiterRule({ delimiter, patterns }: Family): InlineRule {
  const sequence = new DelimiterSequence(delimiter, patterns);
  return {
    trigger: new RegExp(`\\${delimiter}`, 'g'),
    match(source, at, before, { budget }) {
      for (const [index, pattern] of patterns.entries()) {
        const found = matchDelimiters(pattern.steps, {
          text: source.text,
          delimiter,
          from: at,
          before,
          budget,
        });
        if (!found) continue;
        const node = sequence.build({ pattern, index, found, source, budget, depth: 0 });
        return { from: at, to: found.to, node };
      }
      return undefined;
    },
  };
}

interface Build {
  readonly pattern: Pattern;
  readonly index: number;
  readonly found: DelimiterMatch;
  readonly source: SourceText;
  readonly budget: WorkBudget;
  readonly depth: number;
}

class DelimiterSequence {
  readonly #delimiter: string;
  readonly #patterns: readonly Pattern[];

  constructor(delimiter: string, patterns: readonly Pattern[]) {
    this.#delimiter = delimiter;
    this.#patterns = patterns;
  }

  build(build: Build): Element {
    const { pattern, found, source } = build;
    const [outerTag = 'span', innerTag = outerTag] = pattern.tags;
    const outer = new Element(outerTag);
    const [first, second] = found.contents.map(([from, to]) => source.slice(from, to));
    if (!first) return outer;
    if (pattern.builds === 'single') {
      this.#fill(outer, undefined, first, build);
      return outer;
    }
    const inner = new Element(innerTag);
    if (pattern.builds === 'within') {
      this.#fill(inner, undefined, first, build);
      outer.append(inner);
      if (second) this.#fill(outer, inner, second, build);
    } else {
      this.#fill(outer, undefined, first, build);
      outer.append(inner);
      if (second) this.#fill(inner, undefined, second, build);
    }
    return outer;
  }

  /** Adds a content to an element after `last`, parsed by later patterns. */
  #fill(parent: Element, last: Element | undefined, source: SourceText, build: Build): void {
    const { text } = source;
    const { pattern, index, budget, depth } = build;
    let before = last;
    let written = 0;
    const write = (to: number): void => {
      const piece = source.slice(written, to);
      if (piece.length === 0) return;
      if (before) before.tail = piece;
      else parent.text = piece;
    };
    const first = pattern.recursive ? 0 : index + 1;
    let at = depth >= maxDepth ? -1 : text.indexOf(this.#delimiter);
    while (at !== -1 && at < text.length) {
      let matched = false;
      for (let next = first; next < this.#patterns.length; next++) {
        const candidate = this.#patterns[next];
        const found =
          candidate &&
          matchDelimiters(candidate.steps, {
            text,
            delimiter: this.#delimiter,
            from: at,
            before: at > 0 ? text.charAt(at - 1) : '',
            budget,
          });
        if (!found) continue;
        write(at);
        const element = this.build({
          pattern: candidate,
          index: next,
          found,
          source,
          budget,
          depth: depth + 1,
        });
        before = parent.append(element);
        written = found.to;
        at = found.to;
        matched = true;
      }
      at = text.indexOf(this.#delimiter, matched ? at : at + 1);
    }
    write(text.length);
  }
}

/** Delimiters between whitespace are text. */
export function loneDelimiterRule(delimiters: string): InlineRule {
  const runs = [...delimiters].map(delimiter => `\\${delimiter}+`).join('|');
  return {
    trigger: new RegExp(runs, 'g'),
    match({ text }, at, before) {
      const delimiter = text.charAt(at);
      let to = at;
      while (text[to] === delimiter) to++;
      const isLone =
        (before === '' || isSpace(before, before.length - 1)) &&
        (to >= text.length || isSpace(text, to));
      return isLone ? { from: at, to, node: text.slice(at, to) } : { continueAt: to };
    },
  };
}
