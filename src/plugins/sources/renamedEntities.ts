import type {
  CatalogService,
  CatalogSourceInfo,
  CatalogSourcesService,
  FileAddress,
} from '../../api';
import { WorkSlices } from '../../base';
import type { Entity } from '../../model';
import { fieldChanges } from '../../model/differences';
import { isOrphan, locationOf, servedVersion } from './servedEntities';

export interface RenamedEntitiesDeps {
  readonly catalog: Pick<
    CatalogService,
    | 'getEntityByRef'
    | 'getEntityRefs'
    | 'getEntitySources'
    | 'getEntityVersions'
    | 'getFailedEntities'
    | 'getProblems'
  >;
  readonly sources: Pick<CatalogSourcesService, 'getSources' | 'getSourceOf'>;
  /** Where files of the workspace would be registered. */
  readonly findAddresses: CatalogSourcesService['findAddresses'];
  /** What was found out the time before. */
  readonly places?: ServedPlaces;
}

/**
 * Where the entities of Backstages are from, as far as that is a repository of the workspace: to put all of them together
 * takes half a second for 10,000, which is too much for each pause in typing.
 */
export class ServedPlaces {
  readonly #locations = new Map<string, string | undefined>();
  #subject = '';

  /** Forgets what was of other copies, or looked up for other repositories. */
  begin(subject: string): void {
    if (this.#subject !== subject) this.#locations.clear();
    this.#subject = subject;
  }

  /** @returns a location ref; undefined for one that is of no interest */
  get(key: string, find: () => string | undefined): string | undefined {
    if (!this.#locations.has(key)) this.#locations.set(key, find());
    return this.#locations.get(key);
  }
}

/** An entity of a running Backstage whose file, as the workspace has it, names it no more. */
export interface RenamedEntity {
  /** Full ref that the Backstage has. */
  readonly oldRef: string;
  /** What stands in the file in its place; undefined where nothing does. */
  readonly ref: string | undefined;
  readonly file: string;
  readonly sourceId: string;
  /** Whether nothing leads to it there any more. */
  readonly isOrphan: boolean;
}

/** Entities of a file, by what they mean here. */
interface FileNames {
  /** Those that a Backstage has no entity of, by the ids of these. */
  readonly missing: Map<string, string[]>;
}

/** Of more entities of a kind in one file than these, nobody can say which became which. */
const MOST_PAIRED = 20;

/**
 * Finds what is named otherwise in the workspace than on running Backstages: by the address of the file that both have it
 * from, whatever branch. What the workspace has under its name, be it elsewhere, counts as moved and not as renamed.
 */
export async function findRenamed(
  deps: RenamedEntitiesDeps,
  signal: AbortSignal,
): Promise<readonly RenamedEntity[]> {
  const backstages = deps.sources
    .getSources()
    .filter(({ type, fetchedAt }) => type === 'backstage' && fetchedAt !== undefined);
  if (backstages.length === 0) return [];
  const { files, elsewhere } = await namesOf(backstages, deps, signal);
  if (files.size === 0 || elsewhere.length === 0) return [];
  const index = new AddressIndex(await deps.findAddresses([...files.keys()]));
  if (index.isEmpty) return [];
  const { places = new ServedPlaces() } = deps;
  const copies = backstages.map(({ id, fetchedAt }) => `${id} ${String(fetchedAt)}`);
  places.begin([...copies, ...index.repositories].join('\n'));
  const slices = new WorkSlices();
  const olds = new Map<string, { file: string; sourceId: string; entities: Entity[] }>();
  const refs = new Map<Entity, string>();
  for (const { ref, sourceId } of elsewhere) {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
    const find = (): Entity | undefined => servedVersion(ref, sourceId, deps)?.entity;
    const location = places.get(`${sourceId}\n${ref}`, () => {
      const entity = find();
      const found = entity && locationOf(entity);
      return found !== undefined && index.isOfRepository(found) ? found : undefined;
    });
    const file = location === undefined ? undefined : index.fileAt(location);
    const entity = file === undefined ? undefined : find();
    if (!entity || file === undefined) continue;
    const key = `${sourceId}\n${file}`;
    const group = olds.get(key) ?? { file, sourceId, entities: [] };
    olds.set(key, group);
    group.entities.push(entity);
    refs.set(entity, ref);
  }
  return [...olds.values()].flatMap(({ file, sourceId, entities }) => {
    // What is half written may be anything in a moment.
    if (isBroken(file, deps)) return [];
    const missing = files.get(file)?.missing.get(sourceId) ?? [];
    const pairs = pair(entities, missing, deps);
    return entities.map((entity): RenamedEntity => ({
      oldRef: refs.get(entity) ?? '',
      ref: pairs.get(entity),
      ...{ file, sourceId, isOrphan: isOrphan(entity) },
    }));
  });
}

interface Names {
  /** Of the workspace, by URI. */
  readonly files: ReadonlyMap<string, FileNames>;
  /** What only Backstages have. */
  readonly elsewhere: readonly { readonly ref: string; readonly sourceId: string }[];
}

async function namesOf(
  backstages: readonly CatalogSourceInfo[],
  { catalog, sources }: RenamedEntitiesDeps,
  signal: AbortSignal,
): Promise<Names> {
  const slices = new WorkSlices();
  const ids = backstages.map(({ id }) => id);
  const files = new Map<string, FileNames>();
  const elsewhere: { ref: string; sourceId: string }[] = [];
  for (const ref of catalog.getEntityRefs()) {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
    const [first, ...others] = catalog.getEntitySources(ref);
    if (!first) continue;
    const from = sources.getSourceOf(first.file);
    if (from) {
      if (ids.includes(from.id)) elsewhere.push({ ref, sourceId: from.id });
      continue;
    }
    const has = new Set(others.map(place => place && sources.getSourceOf(place.file)?.id));
    const names = files.get(first.file) ?? { missing: new Map<string, string[]>() };
    files.set(first.file, names);
    for (const id of ids) {
      if (!has.has(id)) names.missing.set(id, [...(names.missing.get(id) ?? []), ref]);
    }
  }
  return { files, elsewhere };
}

function isBroken(file: string, { catalog }: RenamedEntitiesDeps): boolean {
  return (
    catalog.getFailedEntities().some(({ source }) => source.file === file) ||
    catalog.getProblems({ file }).some(({ code }) => code.startsWith('yaml-'))
  );
}

/** Which entity of the workspace each has become: of the same kind, and where there are several the most alike. */
function pair(
  olds: readonly Entity[],
  missing: readonly string[],
  { catalog }: Pick<RenamedEntitiesDeps, 'catalog'>,
): ReadonlyMap<Entity, string> {
  const pairs = new Map<Entity, string>();
  if (olds.length > MOST_PAIRED || missing.length > MOST_PAIRED) return pairs;
  const matches = olds
    .flatMap(old =>
      missing.flatMap(ref => {
        const entity = catalog.getEntityByRef(ref);
        return entity?.kind === old.kind
          ? [{ old, ref, changes: fieldChanges(old, entity).length }]
          : [];
      }),
    )
    .sort((a, b) => a.changes - b.changes);
  const taken = new Set<string>();
  for (const { old, ref } of matches) {
    if (pairs.has(old) || taken.has(ref)) continue;
    pairs.set(old, ref);
    taken.add(ref);
  }
  return pairs;
}

/** Files of the workspace by the addresses that a server may have them from: those of any branch. */
class AddressIndex {
  readonly #branches = new Map<string, Set<string>>();
  readonly #files = new Map<string, string>();

  constructor(addresses: ReadonlyMap<string, FileAddress>) {
    for (const [file, { repository, branch, path }] of addresses) {
      const key = repository.toLowerCase();
      this.#branches.set(key, (this.#branches.get(key) ?? new Set<string>()).add(branch));
      this.#files.set(`${key}\n${path}`, file);
    }
  }

  get isEmpty(): boolean {
    return this.#files.size === 0;
  }

  get repositories(): readonly string[] {
    return [...this.#branches.keys()].sort();
  }

  isOfRepository(location: string): boolean {
    return this.#branches.has(partsOf(location).repository ?? '');
  }

  /** @param location - a location ref: `url:https://github.com/acme/shop/blob/main/catalog-info.yaml` */
  fileAt(location: string): string | undefined {
    const { repository: key, rest } = partsOf(location);
    const branches = key === undefined ? undefined : this.#branches.get(key);
    const place = rest === undefined ? undefined : decoded(rest);
    if (!branches || place === undefined) return undefined;
    // Only of branches that are known can the name be told from the path; any other is taken for one word.
    const own = [...branches].find(branch => place.startsWith(`${branch}/`));
    const path = place.slice(own === undefined ? place.indexOf('/') + 1 : own.length + 1);
    return this.#files.get(`${key}\n${path}`);
  }
}

function partsOf(location: string): { repository?: string; rest?: string } {
  const [, repository, rest] =
    /^url:(https?:\/\/[^?#]*?)\/(?:-\/)?(?:blob|tree|raw|edit|src)\/([^?#]+)/.exec(location) ?? [];
  if (repository === undefined || rest === undefined) return {};
  return { repository: repository.toLowerCase(), rest };
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
