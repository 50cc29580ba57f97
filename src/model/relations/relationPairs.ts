import type { CustomKind } from '../customKinds';
import { builtinRelationRules, type RelationRule } from './relations';

/** A relation with both of its ends. */
export interface RelationEdge {
  /** A full ref, as are all of an edge. */
  readonly source: string;
  readonly type: string;
  readonly target: string;
}

/** The types of both halves of a pair. */
type RelationTypes = Pick<RelationRule, 'type' | 'inverse'>;

interface RelatedKind {
  readonly relations?: readonly RelationTypes[] | undefined;
}

/**
 * Relations come in pairs: `a ownedBy b` and `b ownerOf a` say the same. Where it is to be said once,
 * it is said from the entity that depends on the other, belongs to it or is owned by it: as the first of
 * the rules for the pair says it.
 */
export class RelationPairs {
  #forward = new Map<string, string>();
  #backward = new Map<string, string>();

  /** @param kinds - kinds besides the built-in ones; their relations come after the built-in ones */
  constructor(kinds: readonly (RelatedKind | CustomKind)[] = []) {
    const rules: readonly RelationTypes[] = [
      ...builtinRelationRules,
      ...kinds.flatMap(({ relations = [] }) => relations),
    ];
    for (const { type, inverse } of rules) {
      if (this.#knows(type) || this.#knows(inverse)) continue;
      this.#forward.set(type, inverse);
      this.#backward.set(inverse, type);
    }
  }

  /** The half of the pair that is told; an edge that belongs to no known pair stays as it is. */
  forward({ source, type, target }: RelationEdge): RelationEdge {
    const forward = this.#backward.get(type);
    // Of a relation that is its own inverse, either end may come first.
    const isForward = forward === undefined || (forward === type && source <= target);
    return isForward ? { source, type, target } : { source: target, type: forward, target: source };
  }

  /** The type of the half that is told, given either half's. */
  forwardType(type: string): string {
    return this.#backward.get(type) ?? type;
  }

  /** What the other half is called; undefined where the type belongs to no known pair. */
  inverseOf(type: string): string | undefined {
    return this.#forward.get(type) ?? this.#backward.get(type);
  }

  /** The types of both halves of all pairs. */
  types(): readonly string[] {
    return [...new Set([...this.#forward].flat())];
  }

  #knows(type: string): boolean {
    return this.#forward.has(type) || this.#backward.has(type);
  }
}
