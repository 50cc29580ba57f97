import type { CatalogService } from '../../../api';

export interface ColocatedEntities {
  /** Refs of the other entities of the same file. */
  readonly location: readonly string[];
  /** Of those that came the same way into the catalog. */
  readonly origin: readonly string[];
}

/** Entities are compared by the thousand; in between, others have their turn. */
const AT_ONCE = 2_000;

/**
 * The entities that come from the same file, and those that come from the same origin: the same Location at
 * the beginning of their ancestry, or the same provider.
 */
export async function colocatedEntities(
  ref: string,
  catalog: CatalogService,
  signal: AbortSignal,
): Promise<ColocatedEntities> {
  const file = catalog.getEntitySource(ref)?.file;
  const location = file === undefined ? [] : catalog.getEntityRefsInFile(file);
  const origins = new Origins(catalog);
  const wanted = origins.of(ref);
  const origin: string[] = [];
  for (const [index, other] of catalog.getEntityRefs().entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) {
      await new Promise(resolve => setTimeout(resolve));
      signal.throwIfAborted();
    }
    if (other !== ref && wanted !== undefined && origins.of(other) === wanted) origin.push(other);
  }
  return { location: location.filter(other => other !== ref), origin };
}

/** What entities have as their origin, as texts that can be compared. */
class Origins {
  #catalog: CatalogService;
  /** All entities of a file that was found came the same way. */
  #byFile = new Map<string, string>();

  constructor(catalog: CatalogService) {
    this.#catalog = catalog;
  }

  of(ref: string): string | undefined {
    const file = this.#catalog.getEntitySource(ref)?.file;
    const known = file === undefined ? undefined : this.#byFile.get(file);
    if (known !== undefined) return known;
    const ancestry = this.#catalog.getEntityAncestry(ref);
    if (!ancestry) return undefined;
    const { locationRefs, root } = ancestry;
    const first = locationRefs.at(-1);
    if (root.type === 'provider') return `provider ${root.name}`;
    if (root.type !== 'discovery') return first ?? ref;
    const origin = first === undefined ? file : this.#catalog.getEntitySource(first)?.file;
    if (file !== undefined && origin !== undefined) this.#byFile.set(file, origin);
    return origin;
  }
}
