import type { SourceText } from './sourceText';

/**
 * A node of the page tree. Like in Python's ElementTree, it owns the text before its first child
 * and the text after it in its parent (its tail), since Python-Markdown's rules are written in
 * these terms.
 */
export class Element {
  tag: string;
  readonly attributes = new Map<string, string>();
  text: SourceText | undefined;
  tail: SourceText | undefined;
  readonly children: Element[] = [];
  parent: Element | undefined;
  /** Start of a block in the page. */
  from: number | undefined;
  /** End in the page, if it is after its content. */
  to: number | undefined;
  /** Details for callers that the HTML doesn't have. */
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

  /** Appends a new child. */
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

  /** Yields this element and its descendants in order. */
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

/** Source of a link or image. */
export interface ElementInfo {
  readonly kind: 'link' | 'image';
  readonly form: 'inline' | 'reference' | 'automatic' | 'html';
  /** Offsets in the page. */
  readonly from: number;
  readonly to: number;
  /** Range of the target, which may be in a definition. */
  readonly target?: Stretch;
}

/** A range of offsets in the page. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}
