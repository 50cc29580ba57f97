import { dirnameUri, isWithin } from '../../../base';
import { readEntityRef, stringifyEntityRef } from '../../../model';
import { kindOrder, ownerRefs, refOf } from '../../../model/presentation';
import { TimeSlicer } from '../../../platform/core';
import { Repositories } from '../../catalog/core/shared';
import { ownerRefOf, ownersOfPath, pathFor, readCodeownersFile } from '../../scm/core/codeowners';
import { ownersOf, sourceOf } from './entitySummary';
import { clipText, displayRef } from './fields';
import type { OwnersOutput } from './toolDescriptions';
import type { AgentServices } from './types';
import type { WorkspacePlaces } from './workspacePlaces';

export type OwnerSource = OwnersOutput['sources'][number];

export interface FileOwners {
  /** The owner of the file, with the reason; undefined if there is none. */
  readonly answer: OwnerAnswer | undefined;
  /** Full refs of the owners that are in the catalog: those of the answer, then those of other candidates. */
  readonly refs: readonly string[];
  /** Sources of owners: first that of the answer, then those of other candidates. */
  readonly sources: OwnerSource[];
}

interface OwnerAnswer {
  /** Full refs. CODEOWNERS handles that match no entity are kept as written. */
  readonly owners: string[];
  /** Part of a sentence: `line 2 of .github/CODEOWNERS matches it`. */
  readonly reason: string;
}

interface Context {
  readonly services: Pick<AgentServices, 'catalog' | 'fileSystem' | 'codeownersOwners' | 'roots'>;
  readonly places: Pick<WorkspacePlaces, 'show' | 'place'>;
  readonly signal: AbortSignal;
}

/** Maximum number of entities to name for a folder. */
const MAX_ENTITIES = 10;
/** Maximum number of owners to name for a CODEOWNERS line, and maximum length of each. */
const MAX_NAMED = 20;
const MAX_NAME = 320;

/** Sources that name an owner, most specific first. The first one decides. */
const EXACTNESS = [
  /** The file is the descriptor of the entity. */
  'descriptor',
  /** A CODEOWNERS pattern matches the file, and not all files. */
  'pattern',
  /** The entity is described in the nearest folder around the file. */
  'folder',
  /** A CODEOWNERS pattern matches all files. */
  'catchAll',
] as const;

/** Finds the owner of a file (a URI), by the descriptors around it and by CODEOWNERS. */
export async function ownersOfFile(uri: string, context: Context): Promise<FileOwners> {
  const findings = [
    ...(await nearestEntities(uri, context)),
    ...(await codeownersOf(uri, context)),
  ].sort((a, b) => EXACTNESS.indexOf(a.exactness) - EXACTNESS.indexOf(b.exactness));
  const [first] = findings;
  return {
    answer: first && { owners: [...first.owners], reason: first.reason },
    refs: findings.flatMap(({ refs }) => refs),
    sources: findings.map(({ source }) => source),
  };
}

interface Finding extends OwnerAnswer {
  readonly exactness: (typeof EXACTNESS)[number];
  /** Full refs of owners that may be in the catalog. */
  readonly refs: readonly string[];
  readonly source: OwnerSource;
}

/** Returns the entities with an owner that are described in the nearest folder at or above the file. */
async function nearestEntities(
  uri: string,
  { services: { catalog }, places, signal }: Context,
): Promise<readonly Finding[]> {
  const slices = new TimeSlicer();
  let nearest = '';
  let found: string[] = [];
  for (const ref of catalog.getEntityRefs()) {
    if (slices.isOver) await slices.pause();
    signal.throwIfAborted();
    const file = catalog.getEntitySource(ref)?.file;
    if (file === undefined) continue;
    // A descriptor applies to its folder. The descriptor of the file itself is the nearest.
    const scope = file === uri ? file : dirnameUri(file);
    if (!isWithin(scope, uri) || scope.length < nearest.length) continue;
    if (!catalog.getRelations(ref).some(({ type }) => type === 'ownedBy')) continue;
    if (scope.length > nearest.length) found = [];
    nearest = scope;
    found.push(ref);
  }
  // A requested folder is as near as a descriptor.
  const isDescriptor = found.some(ref => catalog.getEntitySource(ref)?.file === uri);
  // A component is nearer to code than a system or domain in the same folder.
  const byKind = (a: string, b: string): number =>
    kindOrder(a.slice(0, a.indexOf(':'))) - kindOrder(b.slice(0, b.indexOf(':')));
  return found
    .sort(byKind)
    .slice(0, MAX_ENTITIES)
    .flatMap((ref): Finding[] => {
      const entity = catalog.getEntityByRef(ref);
      if (!entity) return [];
      const place = places.place(sourceOf(ref, catalog));
      const summary = { ref: displayRef(refOf(entity)), owners: ownersOf(entity) };
      return [
        {
          exactness: isDescriptor ? 'descriptor' : 'folder',
          owners: summary.owners,
          reason: isDescriptor
            ? `it is the descriptor of ${summary.ref}, which has this spec.owner`
            : `it is in the folder of ${summary.ref}, which has this spec.owner`,
          refs: ownerRefs(entity),
          source: { type: 'entity', ...summary, ...place },
        },
      ];
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
  const { owners, line, isCatchAll } = ownersOfPath(file.rules, path);
  if (line === undefined || !owners.length) return [];
  const knownRef = (owner: string): string | undefined => {
    const written = ownerRefOf(owner, codeownersOwners());
    const parsed = readEntityRef(written, { defaultKind: 'Group' });
    const ref = parsed.ok ? stringifyEntityRef(parsed.value) : undefined;
    return ref !== undefined && catalog.getEntityByRef(ref) ? ref : undefined;
  };
  const start = { line, character: 0 };
  const place = places.place({ file: file.uri, range: { start, end: start } });
  const named = owners.slice(0, MAX_NAMED).map(owner => clipText(owner, MAX_NAME));
  return [
    {
      exactness: isCatchAll ? 'catchAll' : 'pattern',
      // Handles that match no entity are shown as written.
      owners: owners.slice(0, MAX_NAMED).map(owner => {
        const ref = knownRef(owner);
        return ref === undefined ? clipText(owner, MAX_NAME) : displayRef(ref);
      }),
      reason: `line ${line + 1} of ${places.show(file.uri)} matches it`,
      refs: owners.flatMap(owner => knownRef(owner) ?? []),
      source: { type: 'codeowners', owners: named, ...place },
    },
  ];
}
