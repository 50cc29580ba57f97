import { distance } from 'fastest-levenshtein';
import { type CompoundEntityRef, shortenEntityRef } from '../../../model';
import { compareCodeUnits } from '../processing/references';

const MAX_SUGGESTIONS = 3;

interface Candidate {
  readonly ref: CompoundEntityRef;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * Finds existing refs that a ref may have been meant to be: the same name in another namespace or
 * of another kind, and names that differ by a slip of the pen.
 */
export class NearestRefs {
  #byKind = new Map<string, Candidate[]>();
  #byName = new Map<string, Candidate[]>();

  /** @param refs - of all entities, in the spelling to suggest them in */
  constructor(refs: Iterable<CompoundEntityRef>) {
    for (const ref of refs) {
      const candidate = { ref, ...lowerCased(ref) };
      push(this.#byKind, candidate.kind, candidate);
      push(this.#byName, candidate.name, candidate);
    }
  }

  /**
   * @param context - what the field takes for granted, so that suggestions are as short there
   * @returns the nearest first, in the shortest form that leads there from the field
   */
  find(
    target: CompoundEntityRef,
    context: { defaultKind?: string; defaultNamespace: string },
  ): readonly string[] {
    const { kind, namespace, name } = lowerCased(target);
    const slips = Math.max(1, Math.floor(name.length / 4));
    const ranked = new Map<Candidate, number>();
    // A field that names its kind means that kind; only where any kind may stand, others count.
    for (const candidate of this.#byName.get(name) ?? []) {
      if (candidate.kind === kind || context.defaultKind === undefined) ranked.set(candidate, 0.5);
    }
    for (const candidate of this.#byKind.get(kind) ?? []) {
      if (Math.abs(candidate.name.length - name.length) > slips || ranked.has(candidate)) continue;
      const steps = distance(candidate.name, name);
      if (steps > slips) continue;
      ranked.set(candidate, steps + (candidate.namespace === namespace ? 0 : 0.5));
    }
    return [...ranked]
      .map(([{ ref, kind: spelling }, rank]) => ({
        // Kinds in refs are written in lower case, names as their entity spells them.
        text: shortenEntityRef({ ...ref, kind: spelling }, context),
        rank,
      }))
      .sort((a, b) => a.rank - b.rank || compareCodeUnits(a.text, b.text))
      .slice(0, MAX_SUGGESTIONS)
      .map(({ text }) => text);
  }
}

function lowerCased({ kind, namespace, name }: CompoundEntityRef): CompoundEntityRef {
  return {
    kind: kind.toLowerCase(),
    namespace: namespace.toLowerCase(),
    name: name.toLowerCase(),
  };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
