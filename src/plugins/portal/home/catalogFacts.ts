import type { CatalogService } from '../../../api';
import { type Disposable, inSlices } from '../../../base';
import type { Entity } from '../../../model';
import { hasDocs } from '../../../model/presentation';

/** What is counted of one entity. */
interface Facts {
  readonly hasOwner: boolean;
  readonly hasDocs: boolean;
}

export interface Coverage {
  /** Of the kinds that somebody should own. */
  readonly ownable: number;
  readonly owned: number;
  /** Components. */
  readonly documentable: number;
  readonly documented: number;
}

/** Those whose schemas demand an owner. */
const ownableKinds = ['component', 'api', 'resource', 'system', 'domain', 'template'];
/** So many entities are looked at before others may have the thread. */
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
      if (ownableKinds.includes(kindOf(ref))) {
        const entity = this.#catalog.getEntityByRef(ref);
        if (entity) this.#facts.set(ref, factsOf(entity));
        else this.#facts.delete(ref);
      }
      if (++done % SLICE === 0) yield;
    }
    const coverage = { ownable: 0, owned: 0, documentable: 0, documented: 0 };
    for (const [ref, facts] of this.#facts) {
      coverage.ownable++;
      if (facts.hasOwner) coverage.owned++;
      if (kindOf(ref) !== 'component') continue;
      coverage.documentable++;
      if (facts.hasDocs) coverage.documented++;
    }
    return coverage;
  }
}

function factsOf(entity: Entity): Facts {
  const hasOwner = entity.relations?.some(({ type }) => type === 'ownedBy') ?? false;
  return { hasOwner, hasDocs: hasDocs(entity) };
}

function kindOf(ref: string): string {
  return ref.slice(0, ref.indexOf(':'));
}
