import type { CatalogService } from '../../../../../api';
import { dirnameUri, isWithin, joinUri } from '../../../../../base';
import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  type LocationRef,
  parseLocationRef,
  readEntityRef,
  stringifyEntityRef,
} from '../../../../../model';
import {
  entityAnnotation,
  entityTitle,
  isSafeUrl,
  TECHDOCS_ENTITY,
  TECHDOCS_ENTITY_PATH,
  TECHDOCS_REF,
} from '../../../../../model/presentation';
import { TimeSlicer } from '../../../../../platform/core';
import type { Clock } from '../../../../../platform/core/ports';
import { repositoryPath, resolveReference } from '../../../../catalog/core/locations';
import { type Repositories, type Repository, webAddresses } from '../../../../catalog/core/shared';

/** Docs annotations of an entity. */
export interface DocsClaim {
  readonly entityRef: string;
  readonly title: string;
  /** URI of the descriptor; undefined for entities from providers. */
  readonly file: string | undefined;
  /** `techdocs-ref` as written. */
  readonly written: string | undefined;
  readonly sourceLocation: string | undefined;
  readonly share: { readonly from: string; readonly path: string } | undefined;
  /** Folder whose README is the fallback. */
  readonly readmeFolder: string | undefined;
}

/** With more changes at once, all entities are read again. */
const MANY_CHANGES = 500;

/** Docs annotations of all entities, updated with the catalog. */
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
    const slices = new TimeSlicer(this.#clock);
    const claims = new Map<string, DocsClaim>();
    for (const ref of this.#catalog.getEntityRefs()) {
      const claim = this.of(ref);
      if (claim) claims.set(ref, claim);
      if (slices.isOver) await slices.pause();
      signal?.throwIfAborted();
    }
    return (this.#claims = claims);
  }

  /** @returns whether the docs of any entity have changed */
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

  /** Returns undefined for kinds and entities without docs. */
  of(entityRef: string): DocsClaim | undefined {
    const entity = this.#catalog.getEntityByRef(entityRef);
    return entity && claimOf(entityRef, entity, this.#catalog.getEntitySource(entityRef)?.file);
  }
}

/** READMEs next to these entities are about something else. */
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

/** Location of an entity's docs. */
export type ClaimedPlace =
  | { readonly type: 'folder'; readonly uri: string }
  | { readonly type: 'web'; readonly url: string };

interface ClaimedFolderDeps {
  readonly repositories: Repositories;
  /** URIs of the workspace folders. */
  readonly roots: readonly string[];
}

/**
 * Resolves `techdocs-ref`: `dir:` relative to the entity's source location, which defaults to its
 * file, or `url:`. Folders of the local repository are mapped to the disk. Locations outside the
 * repository aren't resolved.
 *
 * Source: `getLocationForEntity` and `transformDirLocation` of `plugins/techdocs-node`.
 */
export async function claimedPlace(
  { written, file, sourceLocation }: DocsClaim,
  deps: ClaimedFolderDeps,
): Promise<ClaimedPlace | undefined> {
  const location = written === undefined ? undefined : readLocation(written);
  if (location?.type === 'url') return placeOfUrl(location.target, file, deps);
  if (location?.type !== 'dir' || file === undefined) return undefined;
  const repository = await deps.repositories.find(dirnameUri(file));
  const boundary = boundaryOf(file, { repository, roots: deps.roots });
  const own = repository && webAddresses(repository, file)?.sourceLocation;
  // Without a remote, the repository can be any, including that of the source location.
  const base =
    sourceLocation === undefined || sourceLocation === own || own === undefined
      ? file
      : baseOf(sourceLocation, repository);
  if (base === undefined || boundary === undefined) return undefined;
  const resolved = resolveReference(location.target, { base, boundary });
  return resolved.type === 'local' ? { type: 'folder', uri: resolved.uri } : undefined;
}

/** Returns the outermost folder to read from: the repository, or the workspace folder. */
export function boundaryOf(
  uri: string,
  { repository, roots }: { repository: Repository | undefined; roots: readonly string[] },
): string | undefined {
  if (repository) return repository.root;
  return roots.filter(root => isWithin(root, uri)).sort((a, b) => b.length - a.length)[0];
}

async function placeOfUrl(
  url: string,
  file: string | undefined,
  { repositories, roots }: ClaimedFolderDeps,
): Promise<ClaimedPlace | undefined> {
  const folders = [...(file === undefined ? [] : [dirnameUri(file)]), ...roots];
  for (const folder of folders) {
    const repository = await repositories.find(folder);
    const path = repository && repositoryPath(url, repository);
    if (path !== undefined)
      return { type: 'folder', uri: joinUri(repository?.root ?? folder, path) };
  }
  return isSafeUrl(url) ? { type: 'web', url } : undefined;
}

/** Returns a file that paths are relative to; undefined for folders of other repositories. */
function baseOf(sourceLocation: string, repository: Repository | undefined): string | undefined {
  const location = readLocation(sourceLocation);
  if (location?.type !== 'url' || !repository) return undefined;
  // Without a trailing slash, the location is a file, and paths are relative to its folder.
  const folder = location.target.slice(0, location.target.lastIndexOf('/') + 1);
  const path = repositoryPath(folder, repository);
  return path === undefined
    ? undefined
    : joinUri(joinUri(repository.root, path), 'catalog-info.yaml');
}

function readLocation(written: string): LocationRef | undefined {
  try {
    return parseLocationRef(written);
  } catch {
    // The catalog reports it.
    return undefined;
  }
}
