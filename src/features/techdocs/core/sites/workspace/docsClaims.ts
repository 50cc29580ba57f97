import type { CatalogService } from '../../../../../api';
import { dirnameUri } from '../../../../../base';
import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  readEntityRef,
  stringifyEntityRef,
} from '../../../../../model';
import {
  entityAnnotation,
  entityTitle,
  TECHDOCS_ENTITY,
  TECHDOCS_ENTITY_PATH,
  TECHDOCS_REF,
} from '../../../../../model/presentation';
import { Slices } from '../../../../../platform/core';
import type { Clock } from '../../../../../platform/core/ports';

/** What an entity says of its documentation. */
export interface DocsClaim {
  readonly entityRef: string;
  readonly title: string;
  /** URI of the descriptor; undefined for what a provider brought. */
  readonly file: string | undefined;
  /** `techdocs-ref` as it is written. */
  readonly written: string | undefined;
  readonly sourceLocation: string | undefined;
  readonly share: { readonly from: string; readonly path: string } | undefined;
  /** The folder whose README stands for it, where it says nothing. */
  readonly readmeFolder: string | undefined;
}

/** More changes at once are not looked at one by one. */
const MANY_CHANGES = 500;

/** What all entities say of their documentation, kept as the catalog changes. */
export class DocsClaims {
  #catalog: CatalogService;
  #clock: Clock;
  #claims: Map<string, DocsClaim> | undefined;

  constructor({ catalog, clock }: { catalog: CatalogService; clock: Clock }) {
    this.#catalog = catalog;
    this.#clock = clock;
  }

  /** @throws AbortError if the signal is aborted */
  async all(signal?: AbortSignal): Promise<ReadonlyMap<string, DocsClaim>> {
    if (this.#claims) return this.#claims;
    const slices = new Slices(this.#clock);
    const claims = new Map<string, DocsClaim>();
    for (const ref of this.#catalog.getEntityRefs()) {
      const claim = this.of(ref);
      if (claim) claims.set(ref, claim);
      if (slices.isOver) await slices.pause();
      signal?.throwIfAborted();
    }
    return (this.#claims = claims);
  }

  /** @returns whether any of these entities says something else than before */
  update(entityRefs: ReadonlySet<string>): boolean {
    if (!this.#claims) return true;
    if (entityRefs.size > MANY_CHANGES) {
      this.#claims = undefined;
      return true;
    }
    let isChanged = false;
    for (const ref of entityRefs) {
      const before = this.#claims.get(ref);
      const after = this.of(ref);
      if (JSON.stringify(before) === JSON.stringify(after)) continue;
      isChanged = true;
      if (after) this.#claims.set(ref, after);
      else this.#claims.delete(ref);
    }
    return isChanged;
  }

  /** Undefined for what has no documentation and never will. */
  of(entityRef: string): DocsClaim | undefined {
    const entity = this.#catalog.getEntityByRef(entityRef);
    return entity && claimOf(entityRef, entity, this.#catalog.getEntitySource(entityRef)?.file);
  }
}

/** Who and where, and what only leads elsewhere: their READMEs are about something else. */
const WITHOUT_README = /^(?:user|group|location):/;

function claimOf(
  entityRef: string,
  entity: Entity,
  file: string | undefined,
): DocsClaim | undefined {
  const written = entityAnnotation(entity, TECHDOCS_REF);
  const shared = entityAnnotation(entity, TECHDOCS_ENTITY);
  const read = shared === undefined ? undefined : readEntityRef(shared);
  const path = entityAnnotation(entity, TECHDOCS_ENTITY_PATH) ?? '';
  const share = read?.ok
    ? { from: stringifyEntityRef(read.value), path: path.replace(/^\/+/, '') }
    : undefined;
  const isSilent = written === undefined && shared === undefined;
  const hasReadme = isSilent && file !== undefined && !WITHOUT_README.test(entityRef);
  if (isSilent && !hasReadme) return undefined;
  return {
    entityRef,
    title: entityTitle(entity),
    file,
    written,
    sourceLocation: entityAnnotation(entity, ANNOTATION_SOURCE_LOCATION),
    share,
    readmeFolder: hasReadme ? dirnameUri(file) : undefined,
  };
}
