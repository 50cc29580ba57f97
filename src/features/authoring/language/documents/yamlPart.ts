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

/**
 * One YAML document by its text alone, wherever that stands: offsets count from the start of the text.
 * It is read once for each text, and at all only when something is asked of it.
 */
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

  /** Undefined where there is no content, or it nests too deeply to be read. */
  get root(): ParsedNode | undefined {
    return this.#read()?.contents ?? undefined;
  }

  /** To be added to the offsets of nodes: the text may hold a document before the one that counts. */
  get base(): number {
    this.#read();
    return this.#base;
  }

  /** Which of the documents of the text is the one that counts: see {@link base}. */
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

  /** How many lines end in it. */
  get lineBreaks(): number {
    // The index is not kept for it: of most documents, nobody asks for more.
    return (this.#lineBreaks ??= (this.#lines ?? new LineIndex(this.source)).lineCount - 1);
  }

  /** What stands in it, also of a broken document as far as it could be read. */
  get value(): unknown {
    if (!this.#hasValue) {
      this.#hasValue = true;
      try {
        this.#value = this.#read()?.toJS({ maxAliasCount: MAX_ALIASES });
      } catch {
        // An alias that leads nowhere, or to too much: there is no value, and the engine says why.
        this.#value = undefined;
      }
    }
    return this.#value;
  }

  /** The text at a path, where it is a text. */
  textAt(...path: readonly string[]): string | undefined {
    let value = this.value;
    for (const key of path) {
      if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
      value = value[key];
    }
    return typeof value === 'string' ? value : undefined;
  }

  /** From the first character of a node to the one after its last, as offsets into the text. */
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
 * Caches what a document says by its text alone. It stays true wherever the document stands and
 * whatever is edited beside it, so that an edit of a file of many documents costs what it changed.
 *
 * @typeParam Owner - an immutable object that the values are found from
 */
export class PartCache<T, Owner extends object = YamlPart> {
  #known = new WeakMap<Owner, { readonly key: unknown; readonly value: T }>();

  /**
   * @param key - what else the value depends on: with another one it is found out anew
   * @param find - must not look at where the document stands
   */
  get(part: Owner, key: unknown, find: () => T): T {
    const known = this.#known.get(part);
    if (known && known.key === key) return known.value;
    const value = find();
    this.#known.set(part, { key, value });
    return value;
  }
}
