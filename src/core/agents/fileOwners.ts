import { dirnameUri, isWithin, WorkSlices } from '../../base';
import { ownerRefs, refOf } from '../../model/presentation';
import { readEntityRef, stringifyEntityRef } from '../../model';
import { Repositories } from '../catalog/withoutEngine';
import { ownerRefOf, ownersOfPath, pathFor, readCodeownersFile } from '../codeowners';
import { ownersOf, sourceOf } from './entitySummary';
import { clipped, type Place, shownRef } from './fields';
import type { AgentServices } from './types';
import type { WorkspacePlaces } from './workspacePlaces';

interface OwnerSource extends Place {
  readonly type: 'entity' | 'codeowners';
  readonly ref?: string;
  readonly owners: string[];
}

export interface FileOwners {
  /** Full refs, the likeliest first. */
  readonly refs: readonly string[];
  readonly sources: OwnerSource[];
}

interface Context {
  readonly services: AgentServices;
  readonly places: WorkspacePlaces;
  readonly signal: AbortSignal;
}

/** Entities of one folder that are worth being named. */
const MAX_ENTITIES = 10;
/** Owners of one line that are worth being named, and as long as their names get. */
const MAX_OWNERS = 20;
const MAX_NAME = 320;

/** Who owns a file (a URI), by the nearest descriptors around it and by CODEOWNERS. */
export async function ownersOfFile(uri: string, context: Context): Promise<FileOwners> {
  const byEntities = await nearestEntities(uri, context);
  const byCodeowners = await codeownersOf(uri, context);
  return {
    refs: [...byEntities, ...byCodeowners].flatMap(({ refs }) => refs),
    sources: [...byEntities, ...byCodeowners].map(({ source }) => source),
  };
}

interface Finding {
  readonly refs: readonly string[];
  readonly source: OwnerSource;
}

/** The entities with an owner that a descriptor in the nearest folder at or above the file describes. */
async function nearestEntities(
  uri: string,
  { services: { catalog }, places, signal }: Context,
): Promise<readonly Finding[]> {
  const slices = new WorkSlices();
  let nearest = '';
  let found: string[] = [];
  for (const ref of catalog.getEntityRefs()) {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
    const file = catalog.getEntitySource(ref)?.file;
    if (file === undefined) continue;
    // What a descriptor says counts for its folder, and in it for itself before all others.
    const scope = file === uri ? file : dirnameUri(file);
    if (!isWithin(scope, uri) || scope.length < nearest.length) continue;
    if (!catalog.getRelations(ref).some(({ type }) => type === 'ownedBy')) continue;
    if (scope.length > nearest.length) found = [];
    nearest = scope;
    found.push(ref);
  }
  return found.slice(0, MAX_ENTITIES).flatMap(ref => {
    const entity = catalog.getEntityByRef(ref);
    if (!entity) return [];
    const place = places.place(sourceOf(ref, catalog));
    const said = { ref: shownRef(refOf(entity)), owners: ownersOf(entity) };
    return [{ refs: ownerRefs(entity), source: { type: 'entity', ...said, ...place } }];
  });
}

async function codeownersOf(
  uri: string,
  { services, places, signal }: Context,
): Promise<readonly Finding[]> {
  const { catalog, fileSystem, codeownersOwners, roots } = services;
  const repository = await new Repositories(fileSystem).find(dirnameUri(uri));
  const root = repository?.root ?? roots().find(folder => isWithin(folder.uri, uri))?.uri;
  if (root === undefined) return [];
  const file = await readCodeownersFile(root, { fileSystem, host: repository?.remote?.webUrl });
  signal.throwIfAborted();
  const path = file && pathFor(file, uri);
  if (!file || path === undefined) return [];
  const { owners, line } = ownersOfPath(file.rules, path);
  if (line === undefined || !owners.length) return [];
  const refs = owners.flatMap(owner => {
    const written = ownerRefOf(owner, codeownersOwners());
    const parsed = readEntityRef(written, { defaultKind: 'Group' });
    return parsed.ok ? [stringifyEntityRef(parsed.value)] : [];
  });
  // Names of a host that nobody in the catalog has are told as they are written.
  const known = refs.filter(ref => catalog.getEntityByRef(ref));
  const start = { line, character: 0 };
  const place = places.place({ file: file.uri, range: { start, end: start } });
  const named = owners.slice(0, MAX_OWNERS).map(owner => clipped(owner, MAX_NAME));
  return [{ refs: known, source: { type: 'codeowners', owners: named, ...place } }];
}
