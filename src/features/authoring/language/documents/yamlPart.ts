import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
} from 'yaml';
import { isRecord, LineIndex } from '../../../../base';
import { composeDocuments, MAX_ALIASES } from '../../../../platform/core/yaml';

/** One YAML document by its text, independent of its place: offsets are relative to the text. Parsed lazily, once. */
export class YamlPart {
  readonly source: string;
  #document: Document.Parsed<ParsedNode> | undefined | 'unread' = 'unread';
  #base = 0;
  #index = 0;
  #value: unknown;
  #hasValue = false;
  #lines: LineIndex | undefined;
  #lineBreaks: number | undefined;

  constructor(source: string) {
    this.source = source;
  }

  /** Returns undefined if the document is empty or nests too deeply. */
  get root(): ParsedNode | undefined {
    return this.#read()?.contents ?? undefined;
  }

  /** The number to add to offsets of nodes: the text may have a document before the relevant one. */
  get base(): number {
    this.#read();
    return this.#base;
  }

  /** Index of the relevant document in the text: see {@link base}. */
  get documentIndex(): number {
    this.#read();
    return this.#index;
  }

  get hasErrors(): boolean {
    return (this.#read()?.errors.length ?? 0) > 0;
  }

  get lines(): LineIndex {
    return (this.#lines ??= new LineIndex(this.source));
  }

  /** The number of line breaks. */
  get lineBreaks(): number {
    // The index isn't kept, because most documents need nothing else of it.
    return (this.#lineBreaks ??= (this.#lines ?? new LineIndex(this.source)).lineCount - 1);
  }

  /** The value, for a broken document as far as it could be parsed. */
  get value(): unknown {
    if (!this.#hasValue) {
      this.#hasValue = true;
      try {
        this.#value = this.#read()?.toJS({ maxAliasCount: MAX_ALIASES });
      } catch {
        // An alias without a target, or with too large an expansion: the engine reports it.
        this.#value = undefined;
      }
    }
    return this.#value;
  }

  /** Returns the string at a path, if there is one. */
  textAt(...path: readonly string[]): string | undefined {
    let value = this.value;
    for (const key of path) {
      if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
      value = value[key];
    }
    return typeof value === 'string' ? value : undefined;
  }

  /** Returns the range of a node as offsets into the text; the end is exclusive. */
  spanOf(node: unknown): readonly [start: number, end: number] | undefined {
    if (!isNode(node) || !node.range) return undefined;
    return [this.base + node.range[0], this.base + node.range[1]];
  }

  /** The target of an alias: the last node before it with its name. Undefined if there is none. */
  aliased(alias: Alias): Node | undefined {
    const document = this.#read();
    return document && alias.resolve(document);
  }

  #read(): Document.Parsed<ParsedNode> | undefined {
    if (this.#document !== 'unread') return this.#document;
    const composed = composeDocuments(this.source);
    const found = composed.findIndex(({ document }) => document && hasContent(document.contents));
    this.#index = Math.max(0, found);
    const content = composed[this.#index];
    this.#base = content?.base ?? 0;
    return (this.#document = content?.document);
  }
}

function hasContent(node: ParsedNode | null): boolean {
  if (isScalar(node)) return node.value !== null;
  return isMap(node) || isSeq(node) || isAlias(node);
}

/**
 * Caches results that depend only on a document's text. They stay valid when the document moves or others are edited,
 * so that an edit costs only the documents that it changes.
 *
 * @typeParam Owner - an immutable object that the values are computed from
 */
export class PartCache<T, Owner extends object = YamlPart> {
  #known = new WeakMap<Owner, { readonly key: unknown; readonly value: T }>();

  /**
   * @param key - other input of the value, which is computed again if this changes
   * @param find - must not depend on the place of the document
   */
  get(part: Owner, key: unknown, find: () => T): T {
    const known = this.#known.get(part);
    if (known && known.key === key) return known.value;
    const value = find();
    this.#known.set(part, { key, value });
    return value;
  }
}
