import type { PageContext } from '../pageContext';
import type { Element } from '../text/element';
import { type SourceText, SourceTextBuilder } from '../text/sourceText';
import { ETX, STX } from '../text/stash';
import { WorkBudget } from '../text/workBudget';
import type { InlineContext, InlineRule } from './inlineRule';

const prefix = `${STX}klzzwxh:`;
const placeholders = new RegExp(`${prefix}([0-9]+)${ETX}`, 'g');

/** Times a rule retries text that it skipped, after a match. */
const maxRounds = 4;

/** Runs inline rules over the texts of a page, like Python-Markdown's tree processor. */
export class InlineParser {
  readonly #rules: readonly InlineRule[];
  readonly #page: PageContext;
  readonly #toHtml: (element: Element) => string;
  #nodes: (Element | string)[] = [];
  #ancestors: string[] = [];

  constructor(
    rules: readonly InlineRule[],
    page: PageContext,
    toHtml: (element: Element) => string,
  ) {
    this.#rules = rules;
    this.#page = page;
    this.#toHtml = toHtml;
  }

  run(root: Element): void {
    this.#nodes = [];
    const pending: Element[] = [root];
    for (let parent = pending.pop(); parent; parent = pending.pop()) {
      this.#ancestors = ancestorsOf(parent);
      const children: Element[] = [];
      // Elements found in a child's tail become its next siblings and are processed in turn.
      const waiting = parent.children.toReversed();
      for (let child = waiting.pop(); child; child = waiting.pop()) {
        const found = this.#readText(child);
        pending.push(...found);
        for (const behind of this.#readTail(child).reverse()) {
          behind.parent = parent;
          waiting.push(behind);
        }
        children.push(child);
        if (child.children.length > 0) pending.push(child);
        if (found.length > 0) child.replaceChildren([...found, ...child.children]);
      }
      if (children.length !== parent.children.length) parent.replaceChildren(children);
    }
  }

  #readText(child: Element): Element[] {
    const { text } = child;
    if (!text?.length || text.atomic) return [];
    this.#ancestors.push(child.tag);
    child.text = undefined;
    const { first, elements } = this.#resolve(this.#handle(text, 0));
    child.text = first;
    this.#ancestors.pop();
    return elements;
  }

  #readTail(child: Element): Element[] {
    const { tail } = child;
    if (!tail?.length) return [];
    const { first, elements } = this.#resolve(tail.atomic ? tail : this.#handle(tail, 0));
    child.tail = first;
    return elements;
  }

  /** Replaces the matches of rules with placeholders. */
  #handle(text: SourceText, firstRule: number): SourceText {
    if (text.atomic) return text;
    const budget = new WorkBudget(text.length);
    let result = text;
    for (let index = firstRule; index < this.#rules.length; index++) {
      const rule = this.#rules[index];
      if (!rule || (rule.notWithin !== undefined && this.#ancestors.includes(rule.notWithin))) {
        continue;
      }
      for (let round = 0; round < maxRounds; round++) {
        const { replaced, again } = this.#apply(rule, result, index, budget);
        result = replaced;
        if (!again) break;
      }
    }
    return result;
  }

  #apply(
    rule: InlineRule,
    text: SourceText,
    index: number,
    budget: WorkBudget,
  ): { replaced: SourceText; again: boolean } {
    const { trigger } = rule;
    // Most rules match nothing in most texts.
    let context: InlineContext | undefined;
    let builder: SourceTextBuilder | undefined;
    let written = 0;
    let passedBy = false;
    let foundLater = false;
    let at = 0;
    for (;;) {
      trigger.lastIndex = at;
      const next = trigger.exec(text.text);
      if (!next) break;
      const before =
        builder && written === next.index
          ? ETX
          : next.index > 0
            ? text.text.charAt(next.index - 1)
            : '';
      context ??= this.#context(budget);
      const found = rule.match(text, next.index, before, context);
      if (!found || 'continueAt' in found || found.from < written) {
        at =
          found && 'continueAt' in found
            ? found.continueAt
            : next.index + Math.max(1, next[0].length);
        passedBy = true;
        continue;
      }
      foundLater ||= passedBy;
      const node = found.node;
      if (typeof node !== 'string') this.#handleWithin(node, index);
      builder ??= new SourceTextBuilder();
      builder.add(text.slice(written, found.from));
      builder.addMade(this.#store(node), text.offsetAt(found.from));
      written = found.to;
      at = found.to;
    }
    if (!builder) return { replaced: text, again: false };
    builder.add(text.slice(written));
    return { replaced: builder.build(), again: foundLater };
  }

  /** Applies later rules within a match of an earlier one. */
  #handleWithin(node: Element, index: number): void {
    if (node.text?.atomic === true) return;
    for (const child of [node, ...node.children]) {
      if (child.text?.length) {
        this.#ancestors.push(child.tag);
        child.text = this.#handle(child.text, index + 1);
        this.#ancestors.pop();
      }
      if (child.tail?.length) child.tail = this.#handle(child.tail, index);
    }
  }

  #store(node: Element | string): string {
    this.#nodes.push(node);
    return `${prefix}${String(this.#nodes.length - 1).padStart(4, '0')}${ETX}`;
  }

  /** Replaces placeholders in a text with their elements. */
  #resolve(text: SourceText): { first: SourceText | undefined; elements: Element[] } {
    if (!text.text.includes(prefix)) return { first: text, elements: [] };
    const elements: Element[] = [];
    let first: SourceText | undefined;
    let builder = new SourceTextBuilder();
    const flush = (): void => {
      const built = builder.length > 0 ? builder.build() : undefined;
      builder = new SourceTextBuilder();
      const last = elements.at(-1);
      if (last) last.tail = built ?? last.tail;
      else first = built;
    };
    let from = 0;
    for (const found of text.text.matchAll(placeholders)) {
      builder.add(text.slice(from, found.index));
      from = found.index + found[0].length;
      const node = this.#nodes[Number(found[1])];
      if (typeof node === 'string') builder.addMade(node, text.offsetAt(found.index));
      else if (node) {
        flush();
        this.#resolveWithin(node);
        elements.push(node);
      }
    }
    builder.add(text.slice(from));
    flush();
    // The text after the last placeholder stays atomic, too.
    const last = elements.at(-1);
    if (text.atomic && last) last.tail = last.tail?.asAtomic();
    else if (text.atomic) first = first?.asAtomic();
    return { first, elements };
  }

  #resolveWithin(node: Element): void {
    const children: Element[] = [];
    for (const child of [...node.children]) {
      this.#resolveText(child);
      children.push(child);
      const { tail } = child;
      if (!tail || tail.text.trim() === '') continue;
      child.tail = undefined;
      const { first, elements } = this.#resolve(tail);
      child.tail = first;
      children.push(...elements);
    }
    node.replaceChildren(children);
    this.#resolveText(node);
  }

  #resolveText(node: Element): void {
    const { text } = node;
    if (!text || text.text.trim() === '') return;
    const { first, elements } = this.#resolve(text);
    node.text = first;
    if (elements.length > 0) node.replaceChildren([...elements, ...node.children]);
  }

  #context(budget: WorkBudget): InlineContext {
    return {
      page: this.#page,
      budget,
      plainText: text =>
        this.#replaced(text, node => (typeof node === 'string' ? node : textOf(node))),
      htmlText: text =>
        this.#replaced(text, node => (typeof node === 'string' ? `\\${node}` : this.#toHtml(node))),
    };
  }

  #replaced(text: string, replacement: (node: Element | string) => string): string {
    if (!text.includes(prefix)) return text;
    return text.replace(placeholders, (whole, id: string) => {
      const node = this.#nodes[Number(id)];
      return node === undefined ? whole : replacement(node);
    });
  }
}

function ancestorsOf(element: Element): string[] {
  const tags: string[] = [];
  for (let at: Element | undefined = element; at; at = at.parent) tags.push(at.tag);
  return tags.reverse();
}

/** Returns all text of an element. */
export function textOf(element: Element): string {
  return (
    (element.text?.text ?? '') +
    element.children.map(child => textOf(child) + (child.tail?.text ?? '')).join('')
  );
}
