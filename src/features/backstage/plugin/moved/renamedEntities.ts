import {
  canonicalJson,
  type CatalogSourceInfo,
  type Entity,
  fieldChanges,
  hashText,
  isRecord,
  TimeSlicer,
  writtenPart,
} from '../../../../api';
import { AddressIndex, type PlaceInRepository } from '../addressIndex';
import { oneLine } from '../instanceTexts';
import { asWritten, isOrphan, locationOf, servedVersion } from '../servedEntities';
import {
  type FileNames,
  type RenamedEntitiesDeps,
  type RenamedEntity,
  ServedPlaces,
} from './renamedEntity';

/** An entity of a Backstage from a workspace repository that the workspace doesn't have. */
interface LeftEntity {
  readonly ref: string;
  readonly sourceId: string;
  readonly location: string;
}

interface MoveSearch {
  readonly left: readonly LeftEntity[];
  /** Names by file URI. */
  readonly files: ReadonlyMap<string, FileNames>;
  readonly isHalfWritten: (file: string) => boolean;
  readonly index: AddressIndex;
  readonly places: ServedPlaces;
}

/** A workspace entity that a Backstage doesn't have. */
interface Candidate {
  readonly ref: string;
  readonly file: string;
}

/** Old and new entities of a repository with equal content except the name. */
interface Alike {
  readonly olds: (LeftEntity & { readonly place: PlaceInRepository })[];
  readonly news: Candidate[];
}

/** Maximum number of new entities in a repository, because each is checked after every change. */
const MOST_NEW = 200;
/** Fields that distinguish an entity from similar ones; annotations are often the same. */
const TELLING = ['title', 'description', 'links'];

/**
 * Finds entities that moved to another file of their repository under another name. Reported only if unambiguous:
 * both are equal except for the name and have a distinguishing field, there is no third one, and the old file is
 * gone or doesn't contain the entity anymore.
 */
async function findMoved(
  { left, files, isHalfWritten, index, places }: MoveSearch,
  deps: RenamedEntitiesDeps,
  signal: AbortSignal,
): Promise<readonly RenamedEntity[]> {
  if (left.length === 0) return [];
  const slices = new TimeSlicer();
  const pause = async (): Promise<void> => {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
  };
  // By Backstage and repository.
  const news = new Map<string, Candidate[]>();
  for (const [file, { missing }] of files) {
    await pause();
    const repository = index.repositoryOf(file);
    for (const [sourceId, refs] of repository === undefined ? [] : missing) {
      const group = `${sourceId}\n${repository}`;
      const candidates = news.get(group) ?? [];
      news.set(group, candidates);
      for (const ref of refs) candidates.push({ ref, file });
    }
  }
  for (const [group, candidates] of news) if (candidates.length > MOST_NEW) news.delete(group);
  const alike = new Map<string, Alike>();
  for (const old of left) {
    await pause();
    const { ref, sourceId, location } = old;
    const place = index.placeOf(location);
    const group = `${sourceId}\n${place?.repository}`;
    if (!place || !news.has(group)) continue;
    const content = places.get(`content\n${sourceId}\n${ref}`, () =>
      hashOf(servedVersion(ref, sourceId, deps)?.entity),
    );
    if (content === undefined) continue;
    const key = `${group}\n${content}`;
    const known = alike.get(key);
    if (known) known.olds.push({ ...old, place });
    else alike.set(key, { olds: [{ ...old, place }], news: [] });
  }
  for (const [group, candidates] of alike.size > 0 ? news : []) {
    for (const one of candidates) {
      await pause();
      const content = hashOf(deps.catalog.getEntityByRef(one.ref));
      alike.get(`${group}\n${content}`)?.news.push(one);
    }
  }
  const moved: RenamedEntity[] = [];
  for (const { olds, news: candidates } of alike.values()) {
    await pause();
    const [[old, ...others], [candidate, ...rivals]] = [olds, candidates];
    if (!old || !candidate || others.length > 0 || rivals.length > 0) continue;
    const from = index.fileAt(old.location);
    // Entities in the same file count as renamed, and files with syntax errors may change soon.
    if (
      from === candidate.file ||
      [candidate.file, from].some(file => file && isHalfWritten(file))
    ) {
      continue;
    }
    const { ref: oldRef, sourceId, place } = old;
    const entity = servedVersion(oldRef, sourceId, deps)?.entity;
    const entityHere = deps.catalog.getEntityByRef(candidate.ref);
    if (!entity || !entityHere || contentOf(entity) !== contentOf(entityHere)) continue;
    // A file that was read without the entity counts as gone.
    const marks = from === undefined ? index.marksOf(place) : [];
    if (!marks || (await isAny(marks, deps))) continue;
    const movedFrom = oneLine(place.path);
    moved.push({ oldRef, ...candidate, movedFrom, sourceId, isOrphan: isOrphan(entity) });
  }
  return moved;
}

async function isAny(uris: readonly string[], { files }: RenamedEntitiesDeps): Promise<boolean> {
  return (await Promise.all(uris.map(uri => files.exists(uri)))).includes(true);
}

function hashOf(entity: Entity | undefined): string | undefined {
  const content = entity && contentOf(entity);
  return content === undefined ? undefined : hashText(content);
}

/** Returns the content of an entity without its name; undefined if it has no distinguishing field. */
function contentOf(entity: Entity): string | undefined {
  const { metadata, ...written } = writtenPart(asWritten(entity));
  if (!isRecord(metadata)) return undefined;
  const { name: _name, namespace: _namespace, ...rest } = metadata;
  if (!TELLING.some(field => rest[field] !== undefined)) return undefined;
  return canonicalJson([written, rest]);
}

/** Maximum number of entities of a kind in a file that can be paired. */
const MOST_PAIRED = 20;

/**
 * Finds entities with other names on running Backstages: those from the same file address, on any branch. An entity
 * that the workspace has elsewhere under the same name counts as moved.
 */
export async function findRenamed(
  deps: RenamedEntitiesDeps,
  signal: AbortSignal,
): Promise<readonly RenamedEntity[]> {
  const backstages = deps.sources
    .getSources()
    .filter(({ type, fetchedAt }) => type === 'backstage' && fetchedAt !== undefined);
  if (backstages.length === 0) return [];
  const { files, remoteEntities } = await namesOf(backstages, deps, signal);
  if (files.size === 0 || remoteEntities.length === 0) return [];
  const index = new AddressIndex(await deps.findAddresses([...files.keys()]));
  if (index.isEmpty) return [];
  const { places = new ServedPlaces() } = deps;
  const copies = backstages.map(({ id, fetchedAt }) => `${id} ${String(fetchedAt)}`);
  places.begin([...copies, ...index.repositories].join('\n'));
  const slices = new TimeSlicer();
  const left: LeftEntity[] = [];
  for (const { ref, sourceId } of remoteEntities) {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
    const location = places.get(`${sourceId}\n${ref}`, () => {
      const entity = servedVersion(ref, sourceId, deps)?.entity;
      const found = entity && locationOf(entity);
      return found !== undefined && index.isOfRepository(found) ? found : undefined;
    });
    if (location !== undefined) left.push({ ref, sourceId, location });
  }
  const isHalfWritten = halfWritten(deps);
  const moved = await findMoved({ left, files, isHalfWritten, index, places }, deps, signal);
  const gone = new Set(moved.map(({ oldRef, sourceId }) => `${sourceId}\n${oldRef}`));
  const taken = new Set(moved.map(({ ref, sourceId }) => `${sourceId}\n${ref}`));
  const olds = new Map<string, { file: string; sourceId: string; entities: Entity[] }>();
  const refs = new Map<Entity, string>();
  for (const { ref, sourceId, location } of left) {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
    const file = gone.has(`${sourceId}\n${ref}`) ? undefined : index.fileAt(location);
    const entity = file === undefined ? undefined : servedVersion(ref, sourceId, deps)?.entity;
    if (!entity || file === undefined) continue;
    const key = `${sourceId}\n${file}`;
    const group = olds.get(key) ?? { file, sourceId, entities: [] };
    olds.set(key, group);
    group.entities.push(entity);
    refs.set(entity, ref);
  }
  const renamed: RenamedEntity[] = [];
  for (const { file, sourceId, entities } of olds.values()) {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
    if (isHalfWritten(file)) continue;
    const missing = files.get(file)?.missing.get(sourceId) ?? [];
    const offered = missing.filter(ref => !taken.has(`${sourceId}\n${ref}`));
    const pairs = pair(entities, offered, deps);
    for (const entity of entities) {
      renamed.push({
        oldRef: refs.get(entity) ?? '',
        ref: pairs.get(entity),
        file,
        sourceId,
        isOrphan: isOrphan(entity),
      });
    }
  }
  return [...renamed, ...moved];
}

interface Names {
  /** Names by file URI. */
  readonly files: ReadonlyMap<string, FileNames>;
  /** Entities that only Backstages have. */
  readonly remoteEntities: readonly { readonly ref: string; readonly sourceId: string }[];
}

async function namesOf(
  backstages: readonly CatalogSourceInfo[],
  { catalog, sources }: RenamedEntitiesDeps,
  signal: AbortSignal,
): Promise<Names> {
  const slices = new TimeSlicer();
  const ids = backstages.map(({ id }) => id);
  const files = new Map<string, FileNames>();
  const remoteEntities: { ref: string; sourceId: string }[] = [];
  for (const ref of catalog.getEntityRefs()) {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
    const [first, ...others] = catalog.getEntitySources(ref);
    if (!first) continue;
    const has = new Set(others.map(place => place && sources.getSourceOf(place.file)?.id));
    const from = sources.getSourceOf(first.file);
    if (from) {
      has.add(from.id);
      for (const sourceId of ids) if (has.has(sourceId)) remoteEntities.push({ ref, sourceId });
      continue;
    }
    const names = files.get(first.file) ?? { missing: new Map<string, string[]>() };
    files.set(first.file, names);
    for (const id of ids) {
      if (has.has(id)) continue;
      const missing = names.missing.get(id) ?? [];
      names.missing.set(id, missing);
      missing.push(ref);
    }
  }
  return { files, remoteEntities };
}

/** Returns a function that tests whether a file has syntax errors or unreadable entities. */
function halfWritten({ catalog }: RenamedEntitiesDeps): (file: string) => boolean {
  const failed = new Set(catalog.getFailedEntities().map(({ source }) => source.file));
  return file =>
    failed.has(file) || catalog.getProblems({ file }).some(({ code }) => code.startsWith('yaml-'));
}

/** Pairs old entities with workspace entities of the same kind; if there are several, by similarity. */
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
