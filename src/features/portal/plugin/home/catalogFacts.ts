import type { CatalogService, Disposable, Entity } from '../../../../api';
import {
  canHaveOwner,
  hasDocs,
  isDocumented,
  isOwned,
  ownerRefs,
} from '../../../../model/presentation';
import { inSlices } from '../../../../platform/core';

/** What an entity says of itself. */
interface Facts {
  readonly owners: readonly string[];
  readonly namesDocs: boolean;
}

/** Number of entities with an owner and with docs, as `model/presentation/coverage.ts` defines both. */
export interface Coverage {
  /** Entities of kinds that can have an owner. */
  readonly ownable: number;
  readonly owned: number;
  /** Components. */
  readonly documentable: number;
  readonly documented: number;
}

/** Number of entities that are read before others may have the thread. */
const SLICE = 10;

/** Counts the entities of the whole catalog, and then only those that changed. */
export class CatalogFacts implements Disposable {
  #catalog: CatalogService;
  #facts = new Map<string, Facts>();
  /** Refs that are to be looked at; undefined: all. */
  #pending: Set<string> | undefined;
  #subscription: Disposable;

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
    this.#subscription = catalog.onDidChange(({ entityRefs }) => {
      for (const ref of entityRefs) this.#pending?.add(ref);
    });
  }

  /** Undefined when the signal was aborted; what was counted is not lost. */
  async coverage(signal: AbortSignal): Promise<Coverage | undefined> {
    return inSlices(this.#count(), signal);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  *#count(): Generator<void, Coverage> {
    const pending = (this.#pending ??= new Set(this.#catalog.getEntityRefs()));
    let done = 0;
    for (const ref of pending) {
      pending.delete(ref);
      if (canHaveOwner(kindOf(ref))) {
        const entity = this.#catalog.getEntityByRef(ref);
        if (entity) this.#facts.set(ref, factsOf(entity));
        else this.#facts.delete(ref);
      }
      if (++done % SLICE === 0) yield;
    }
    // Owners and docs come and go without a change of the entities that name them.
    const missing = this.#catalog.getMissingTargets();
    const coverage = { ownable: 0, owned: 0, documentable: 0, documented: 0 };
    for (const [ref, { owners, namesDocs }] of this.#facts) {
      coverage.ownable++;
      if (isOwned(ref, owners, missing.owner)) coverage.owned++;
      if (kindOf(ref) !== 'component') continue;
      coverage.documentable++;
      if (isDocumented(ref, namesDocs, missing.docs)) coverage.documented++;
    }
    return coverage;
  }
}

function factsOf(entity: Entity): Facts {
  return { owners: ownerRefs(entity), namesDocs: hasDocs(entity) };
}

function kindOf(ref: string): string {
  return ref.slice(0, ref.indexOf(':'));
}
