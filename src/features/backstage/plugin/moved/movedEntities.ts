import type { Entity } from '../../../../api';
import { hashText } from '../../../../base';
import { canonicalJson, isObject, writtenPart } from '../../../../model/differences';
import { Slices } from '../../../../platform/core';
import type { AddressIndex, PlaceInRepository } from '../addressIndex';
import { oneLine } from '../instanceWords';
import { isOrphan, servedVersion } from '../servedEntities';
import { asWritten } from './asWritten';
import type { FileNames, RenamedEntitiesDeps, RenamedEntity, ServedPlaces } from './renamedEntity';

/** An entity of a Backstage, from a repository of the workspace, that the workspace has nowhere. */
export interface LeftEntity {
  readonly ref: string;
  readonly sourceId: string;
  readonly location: string;
}

export interface MoveSearch {
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
export async function findMoved(
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
