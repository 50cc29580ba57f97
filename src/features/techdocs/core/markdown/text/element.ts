import type { SourceText } from './sourceText';

/**
 * A node of the page while it is made: what stands in it before its first child, and what follows
 * it in its parent, are its own, as in Python's ElementTree. Python-Markdown's rules are written in
 * these terms ("the tail of the last child …"), so that they can be followed to the letter.
 */
export class Element {
  tag: string;
  readonly attributes = new Map<string, string>();
  text: SourceText | undefined;
  tail: SourceText | undefined;
  readonly children: Element[] = [];
  parent: Element | undefined;
  /** Where it begins in the page, for blocks. */
  from: number | undefined;
  /** Where it ends, where that is more than its content tells. */
  to: number | undefined;
  /** What callers can ask of it and HTML does not say. */
  info: ElementInfo | undefined;

  constructor(tag: string, attributes?: Readonly<Record<string, string>>) {
    this.tag = tag;
    for (const [name, value] of Object.entries(attributes ?? {})) {
      this.attributes.set(name, value);
    }
  }

  get last(): Element | undefined {
    return this.children.at(-1);
  }

  /** A new last child. */
  add(tag: string, attributes?: Readonly<Record<string, string>>): Element {
    return this.append(new Element(tag, attributes));
  }

  append(child: Element): Element {
    child.parent = this;
    this.children.push(child);
    return child;
  }

  insert(index: number, child: Element): Element {
    child.parent = this;
    this.children.splice(index, 0, child);
    return child;
  }

  remove(child: Element): void {
    const index = this.children.indexOf(child);
    if (index >= 0) this.children.splice(index, 1);
    if (child.parent === this) child.parent = undefined;
  }

  replaceChildren(children: readonly Element[]): void {
    this.children.length = 0;
    for (const child of children) this.append(child);
  }

  get(name: string): string {
    return this.attributes.get(name) ?? '';
  }

  set(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  addClass(name: string): void {
    const classes = this.get('class').split(/\s+/).filter(Boolean);
    if (!classes.includes(name)) classes.push(name);
    this.set('class', classes.join(' '));
  }

  /** This and everything below, in the order of the page. */
  *walk(): Generator<Element> {
    const pending: Element[] = [this];
    for (let element = pending.pop(); element; element = pending.pop()) {
      yield element;
      for (let index = element.children.length - 1; index >= 0; index--) {
        const child = element.children[index];
        if (child) pending.push(child);
      }
    }
  }
}

/** What a link or an image was written as. */
export interface ElementInfo {
  readonly kind: 'link' | 'image';
  readonly form: 'inline' | 'reference' | 'automatic' | 'html';
  /** Offsets in the page. */
  readonly from: number;
  readonly to: number;
  /** Where it says what it leads to, be it in a definition. */
  readonly target?: Stretch;
}

/** From where to where something is written: offsets in the page. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}
