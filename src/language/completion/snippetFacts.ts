import { basenameUri, dirnameUri, isWithin, relativePath } from '../../base';
import { shortenEntityRef, stringifyEntityRef } from '../../model';
import type { CatalogEntity, CatalogView } from '../catalogView';
import { ownerNearby, relationTarget } from './closeness';
import type { CompletionPlace } from './completionPlace';
import { entriesOf, urlSegment } from './folders';
import { plainOrQuoted } from './yamlScalars';

/** What a new descriptor can take from where it stands. */
export interface SnippetFacts {
  /** A name that no entity of the kind has yet. */
  name(kind: string): string;
  /** Who will own it, the likeliest first; there is always one. */
  readonly owners: readonly string[];
  /** The system that the entities of the file belong to. */
  readonly system: string | undefined;
  /** A file with descriptors that a Location could lead to. */
  readonly target: string | undefined;
  /** A file of the folder with a definition of an API, by the type of the API. */
  readonly definitions: ReadonlyMap<string, string>;
}

const MAX_OWNERS = 10;

/** Names that files with definitions have, by the type of the API. */
const DEFINITIONS: readonly (readonly [type: string, name: RegExp])[] = [
  ['openapi', /^(?:openapi|swagger)\.(?:ya?ml|json)$/i],
  ['asyncapi', /^asyncapi\.(?:ya?ml|json)$/i],
  ['graphql', /^schema\.graphqls?$|\.graphqls?$/i],
  ['grpc', /\.proto$/i],
];

export async function snippetFacts(place: CompletionPlace): Promise<SnippetFacts> {
  const { text, context } = place.request;
  const { catalog } = context;
  const folder = dirnameUri(text.uri);
  const entries = await entriesOf(context.files, folder);
  const definitions = new Map<string, string>();
  for (const [type, name] of DEFINITIONS) {
    const found = entries.find(entry => entry.type === 'file' && name.test(entry.name));
    if (found) definitions.set(type, plainOrQuoted(`./${urlSegment(found.name)}`));
  }
  const base = nameOf(basenameUri(folder));
  return {
    name: kind => freeName(catalog, kind, base),
    owners: ownersFor(catalog, text.uri),
    system: systemOf(catalog, text.uri),
    target: targetIn(catalog, text.uri),
    definitions,
  };
}

/** The name of a folder as the name of an entity. Source: `isValidEntityName` of catalog-model. */
function nameOf(folder: string): string {
  const name = folder
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 50)
    .replace(/[^A-Za-z0-9]+$/, '')
    .replace(/[-_.]{2,}/g, '-');
  return /[A-Za-z]/.test(name) ? name : 'example';
}

function freeName(catalog: CatalogView, kind: string, base: string): string {
  const isTaken = (name: string): boolean => catalog.has(stringifyEntityRef({ kind, name }));
  if (!isTaken(base)) return base;
  let number = 2;
  while (isTaken(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}

/** The one of the file or folder alone; else the groups that own the most. */
function ownersFor(catalog: CatalogView, uri: string): readonly string[] {
  const nearby = ownerNearby(catalog, uri);
  if (nearby !== undefined) return [short(nearby, 'Group', catalog)];
  const groups = [...catalog.entities('group')]
    .map(entity => ({ entity, uses: catalog.referrerCount(entity.ref) }))
    .sort((a, b) => b.uses - a.uses || (a.entity.ref < b.entity.ref ? -1 : 1))
    .slice(0, MAX_OWNERS);
  return groups.length ? groups.map(({ entity }) => short(entity.ref, 'Group', catalog)) : ['team'];
}

function systemOf(catalog: CatalogView, uri: string): string | undefined {
  const ref = catalog
    .entitiesInFile(uri)
    .map(entity => (entity.kind === 'System' ? entity.ref : systemRef(entity)))
    .find(system => system !== undefined && catalog.has(system));
  return ref === undefined ? undefined : short(ref, 'System', catalog);
}

function systemRef(entity: CatalogEntity): string | undefined {
  const target = relationTarget(entity, 'partOf');
  return target?.startsWith('system:') ? target : undefined;
}

/** A new descriptor is in the namespace `default`. */
function short(ref: string, defaultKind: string, catalog: CatalogView): string {
  const entity = catalog.get(ref);
  return plainOrQuoted(
    shortenEntityRef(entity ? { ...entity, kind: entity.kind.toLowerCase() } : ref, {
      defaultKind,
    }),
  );
}

function targetIn(catalog: CatalogView, uri: string): string | undefined {
  const folder = dirnameUri(uri);
  let nearest: string | undefined;
  for (const file of catalog.files()) {
    if (file === uri || !isWithin(folder, file)) continue;
    if (nearest === undefined || file.length < nearest.length) nearest = file;
  }
  return nearest && plainOrQuoted(`./${relativePath(folder, nearest) ?? ''}`);
}
