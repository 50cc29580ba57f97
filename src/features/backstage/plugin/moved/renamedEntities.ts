import type { CatalogSourceInfo, Entity } from '../../../../api';
import { hashText } from '../../../../base';
import { canonicalJson, fieldChanges, isObject, writtenPart } from '../../../../model/differences';
import { Slices } from '../../../../platform/core';
import { AddressIndex, type PlaceInRepository } from '../addressIndex';
import { oneLine } from '../instanceWords';
import { asWritten, isOrphan, locationOf, servedVersion } from '../servedEntities';
import {
  type FileNames,
  type RenamedEntitiesDeps,
  type RenamedEntity,
  ServedPlaces,
} from './renamedEntity';

/** An entity of a Backstage, from a repository of the workspace, that the workspace has nowhere. */
interface LeftEntity {
  readonly ref: string;
  readonly sourceId: string;
  readonly location: string;
}

interface MoveSearch {
  readonly left: readonly LeftEntity[];
  /** Of the workspace, by URI. */
  readonly files: ReadonlyMap<string, FileNames>;
  readonly isHalfWritten: (file: string) => boolean;
  readonly index: AddressIndex;
  readonly places: ServedPlaces;
}

/** What a Backstage does not have of a repository. */
interface Candidate {
  readonly ref: string;
  readonly file: string;
}

/** Of one repository, what is written alike but for the name. */
interface Alike {
  readonly olds: (LeftEntity & { readonly place: PlaceInRepository })[];
  readonly news: Candidate[];
}

/** Of more new entities than that in a repository nothing is told: each would have to be looked at each time. */
const MOST_NEW = 200;
/** What says something of an entity that others like it do not say of themselves, too, as many do with annotations. */
const TELLING = ['title', 'description', 'links'];

/**
 * Finds what has another name in another file of its repository. That is told only where nothing else can be meant: both are
 * written alike but for the name, and say something of themselves; there is no third; and the old file is gone, or does not
 * have it any more.
 */
async function findMoved(
  { left, files, isHalfWritten, index, places }: MoveSearch,
  deps: RenamedEntitiesDeps,
  signal: AbortSignal,
): Promise<readonly RenamedEntity[]> {
  if (left.length === 0) return [];
  const slices = new Slices();
  const pause = async (): Promise<void> => {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
  };
  // By Backstages and repositories.
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
    // What stands in the same file has only another name, and what is half written may be anything in a moment.
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
    // A file that is read, and does not have it, is as good as one that is gone.
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

/** What is written of an entity but for its name; undefined for one that says too little of itself. */
function contentOf(entity: Entity): string | undefined {
  const { metadata, ...written } = writtenPart(asWritten(entity));
  if (!isObject(metadata)) return undefined;
  const { name: _name, namespace: _namespace, ...rest } = metadata;
  if (!TELLING.some(field => rest[field] !== undefined)) return undefined;
  return canonicalJson([written, rest]);
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
  const slices = new Slices();
  const left: LeftEntity[] = [];
  for (const { ref, sourceId } of elsewhere) {
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
  const slices = new Slices();
  const ids = backstages.map(({ id }) => id);
  const files = new Map<string, FileNames>();
  const elsewhere: { ref: string; sourceId: string }[] = [];
  for (const ref of catalog.getEntityRefs()) {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
    const [first, ...others] = catalog.getEntitySources(ref);
    if (!first) continue;
    const has = new Set(others.map(place => place && sources.getSourceOf(place.file)?.id));
    const from = sources.getSourceOf(first.file);
    if (from) {
      has.add(from.id);
      for (const sourceId of ids) if (has.has(sourceId)) elsewhere.push({ ref, sourceId });
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
  return { files, elsewhere };
}

/** Whether files have something in them that may be anything in a moment. */
function halfWritten({ catalog }: RenamedEntitiesDeps): (file: string) => boolean {
  const failed = new Set(catalog.getFailedEntities().map(({ source }) => source.file));
  return file =>
    failed.has(file) || catalog.getProblems({ file }).some(({ code }) => code.startsWith('yaml-'));
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
