import { basenameUri, dirnameUri, isWithin, relativePath } from '../../../../../base';
import { DEFAULT_NAMESPACE, shortenEntityRef, stringifyEntityRef } from '../../../../../model';
import type { CatalogEntity, CatalogView } from '../../catalogView';
import type { TextRequest } from '../../languageProvider';
import { ownerNearby, relationTarget } from '../closeness';
import { entriesOf, urlSegment } from '../paths/folders';
import { plainOrQuoted } from '../yamlScalars';

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

/** @param namespace - of the new descriptor: refs in it are as short as that allows */
export async function snippetFacts(
  { text, context }: TextRequest,
  namespace = DEFAULT_NAMESPACE,
): Promise<SnippetFacts> {
  const { catalog } = context;
  const folder = dirnameUri(text.uri);
  const entries = await entriesOf(context.files, folder);
  const definitions = new Map<string, string>();
  for (const [type, name] of DEFINITIONS) {
    const found = entries.find(entry => entry.type === 'file' && name.test(entry.name));
    if (found) definitions.set(type, `./${urlSegment(found.name)}`);
  }
  const short = (ref: string, defaultKind: string): string =>
    plainOrQuoted(shortRefTo(ref, catalog, { defaultKind, defaultNamespace: namespace }));
  const owners = likelyOwners(catalog, text.uri).map(ref => short(ref, 'Group'));
  const system = systemOf(catalog, text.uri);
  const base = nameOf(basenameUri(folder));
  return {
    name: kind => freeName(catalog, kind, base),
    owners: owners.length ? owners : ['team'],
    system: system && short(system, 'System'),
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

/** Refs of the owner of the file or folder alone; else of the groups that own the most. */
export function likelyOwners(catalog: CatalogView, uri: string): readonly string[] {
  const nearby = ownerNearby(catalog, uri);
  if (nearby !== undefined) return [nearby];
  return [...catalog.entities('group')]
    .map(({ ref }) => ({ ref, uses: catalog.referrerCount(ref) }))
    .sort((a, b) => b.uses - a.uses || (a.ref < b.ref ? -1 : 1))
    .slice(0, MAX_OWNERS)
    .map(({ ref }) => ref);
}

function systemOf(catalog: CatalogView, uri: string): string | undefined {
  return catalog
    .entitiesInFile(uri)
    .map(entity => (entity.kind === 'System' ? entity.ref : systemRef(entity)))
    .find(system => system !== undefined && catalog.has(system));
}

function systemRef(entity: CatalogEntity): string | undefined {
  const target = relationTarget(entity, 'partOf');
  return target?.startsWith('system:') ? target : undefined;
}

/** The shortest that leads there, in the letters that its entity has. */
export function shortRefTo(
  ref: string,
  catalog: CatalogView,
  context: { readonly defaultKind?: string; readonly defaultNamespace: string },
): string {
  const entity = catalog.get(ref);
  return shortenEntityRef(entity ? { ...entity, kind: entity.kind.toLowerCase() } : ref, context);
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
