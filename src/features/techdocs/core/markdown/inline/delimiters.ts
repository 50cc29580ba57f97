import { Element } from '../text/element';
import type { SourceText } from '../text/sourceText';
import type { WorkBudget } from '../text/workBudget';
import type { Family, Pattern } from './delimiterFamilies';
import { type DelimiterMatch, matchDelimiters } from './delimiterPatterns';
import { type InlineRule, isSpace } from './inlineRule';

/** Emphasis nests a few levels; what is deeper stays as it is written. */
const maxDepth = 40;

export function delimiterRule({ name, delimiter, patterns }: Family): InlineRule {
  const sequence = new DelimiterSequence(delimiter, patterns);
  return {
    name,
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

  /** Puts a content into an element, behind `last`, with what later patterns find in it. */
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

/** Delimiters with whitespace around them are none. */
export function loneDelimiterRule(name: string, delimiters: string): InlineRule {
  const runs = [...delimiters].map(delimiter => `\\${delimiter}+`).join('|');
  return {
    name,
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
