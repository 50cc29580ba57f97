import { Alias, type Document, isAlias, isCollection, isPair, isScalar, type Node } from 'yaml';
import { MAX_NESTING } from './limits';

/** The reason why a document isn't read, and its place. */
export interface YamlExcess {
  readonly code: 'aliases' | 'nesting' | 'size';
  readonly message: string;
  /** Offsets, which are relative to the same base as the document's. */
  readonly pos: readonly [start: number, end: number];
}

/**
 * The number of values that the aliases of a document may add to the written values. A text counts as one value for
 * each 100 characters.
 */
export const MAX_REPEATED = 100_000;

const CHARACTERS_PER_VALUE = 100;

type Target = NonNullable<ReturnType<Alias['resolve']>>;

interface Extent {
  readonly depth: number;
  /** The number of values in the node, including those that aliases add. */
  readonly size: number;
}

const LEAF: Extent = { depth: 0, size: 1 };

/**
 * Binds each alias of a document to its target, and limits their expansion: a few lines of aliases can stand for more
 * values than fit in memory. `yaml` searches the whole document for the target of each alias; here one pass finds all.
 *
 * @returns the reason why the document must not be read; undefined if it is within the limits
 */
export function bindAliases(document: Document): YamlExcess | undefined {
  const binding = new AliasBinding();
  binding.visit(document.contents, 0);
  return binding.excess;
}

class AliasBinding {
  excess: YamlExcess | undefined;
  /** The latest node for each anchor. */
  #targets = new Map<string, Target>();
  /** Sizes of the visited nodes with an anchor. */
  #extents = new Map<Node, Extent>();
  #repeated = 0;

  visit(node: unknown, depth: number): Extent {
    if (isAlias(node)) return this.#bind(node, depth);
    if (!isScalar(node) && !isCollection(node)) return LEAF;
    if (node.anchor !== undefined) this.#targets.set(node.anchor, node);
    if (isCollection(node) && depth >= MAX_NESTING) this.#refuseNesting(node);
    const extent = isCollection(node) ? this.#visitItems(node.items, depth) : extentOfScalar(node);
    if (node.anchor !== undefined) this.#extents.set(node, extent);
    return extent;
  }

  #visitItems(items: readonly unknown[], depth: number): Extent {
    let deepest = 0;
    let size = 1;
    const add = (child: unknown): void => {
      const extent = this.visit(child, depth + 1);
      deepest = Math.max(deepest, extent.depth);
      size += extent.size;
    };
    for (const item of items) {
      if (!isPair(item)) {
        add(item);
        continue;
      }
      const { key, value } = item;
      // Stringifying such a key collects all anchors before it.
      if (isCollection(key)) this.#charge(this.#targets.size, key);
      add(key);
      add(value);
    }
    return { depth: deepest + 1, size };
  }

  #bind(alias: Alias, depth: number): Extent {
    const target = this.#targets.get(alias.source);
    resolveTo(alias, target);
    if (!target) return LEAF;
    const extent = this.#extents.get(target);
    if (!extent) {
      this.#refuse(
        'aliases',
        `The alias *${alias.source} refers to a value that contains it`,
        alias,
      );
      return LEAF;
    }
    this.#charge(extent.size, alias);
    if (depth + extent.depth > MAX_NESTING) this.#refuseNesting(alias);
    return extent;
  }

  #charge(values: number, node: Node): void {
    this.#repeated += values;
    if (this.#repeated <= MAX_REPEATED) return;
    this.#refuse('aliases', `Aliases expand to more than ${MAX_REPEATED} values`, node);
  }

  #refuseNesting(node: Node): void {
    this.#refuse('nesting', `Nested deeper than ${MAX_NESTING} levels`, node);
  }

  #refuse(code: YamlExcess['code'], message: string, { range }: Node): void {
    this.excess ??= { code, message, pos: [range?.[0] ?? 0, range?.[1] ?? 0] };
  }
}

function extentOfScalar({ value }: { readonly value: unknown }): Extent {
  const length = typeof value === 'string' ? value.length : 0;
  return length < CHARACTERS_PER_VALUE
    ? LEAF
    : { depth: 0, size: 1 + Math.floor(length / CHARACTERS_PER_VALUE) };
}

/** Makes an alias return its target, so that `yaml` counts uses of the target without searching for it. */
function resolveTo(alias: Alias, target: Target | undefined): void {
  alias.resolve = (document, context) => {
    if (!context) return target;
    context.aliasResolveCache = target ? [target, alias] : [];
    return Alias.prototype.resolve.call(alias, document, context);
  };
}
