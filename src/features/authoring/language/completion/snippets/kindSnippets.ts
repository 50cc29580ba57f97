import { basenameUri, dirnameUri, isWithin, relativePath } from '../../../../../base';
import { DEFAULT_NAMESPACE, shortenEntityRef, stringifyEntityRef } from '../../../../../model';
import type { KindDefinition, KindRegistry } from '../../../../../model/validation';
import type { CatalogEntity, CatalogView } from '../../catalogView';
import type { TextRequest } from '../../languageProvider';
import { ownerNearby, relationTarget } from '../closeness';
import { entriesOf, urlSegment } from '../paths/folders';
import { inSnippet, plainOrQuoted, snippetChoice } from '../yamlScalars';

/** A whole descriptor as an LSP snippet whose tab stops start with valid values. */
interface KindSnippet {
  readonly label: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** The text from `kind:` on, because the apiVersion may exist already. */
  readonly body: string;
}

interface Row {
  readonly label: string;
  readonly kind: string;
  /** Lines of the spec. Tab stop 1 is the name, 2 the owner. */
  readonly spec: (facts: SnippetFacts) => readonly string[];
  readonly metadata?: readonly string[];
}

const LIFECYCLE = ['experimental', 'production', 'deprecated'];
const MAX_LABEL = 63;

const owned = ({ owners }: SnippetFacts): string => `owner: ${snippetChoice(2, owners)}`;

/** Returns the system of the neighbors, if they have one. */
const partOf = ({ system }: SnippetFacts): readonly string[] =>
  system === undefined ? [] : [`system: ${inSnippet(system)}`];

/** Returns the fields of kinds with a lifecycle, with its tab stop. */
const lived = (facts: SnippetFacts, stop: number): readonly string[] => [
  `lifecycle: ${snippetChoice(stop, LIFECYCLE)}`,
  owned(facts),
  ...partOf(facts),
];

function api(label: string, type: string, definition: readonly string[]): Row {
  return {
    label: `API (${label})`,
    kind: 'API',
    spec: facts => {
      const file = facts.definitions.get(type);
      return [
        `type: ${type}`,
        ...lived(facts, 3),
        ...(file === undefined
          ? ['definition: |', ...definition.map(line => `  ${line}`)]
          : ['definition:', `  \\$text: ${inSnippet(plainOrQuoted(file))}`]),
      ];
    },
  };
}

const rows: readonly Row[] = [
  {
    label: 'Component',
    kind: 'Component',
    spec: facts => [
      `type: ${snippetChoice(3, ['service', 'website', 'library'])}`,
      ...lived(facts, 4),
    ],
  },
  api('OpenAPI', 'openapi', [
    'openapi: 3.1.0',
    'info:',
    '  title: ${4:Title}',
    '  version: 1.0.0',
    'paths: {\\}',
  ]),
  api('AsyncAPI', 'asyncapi', [
    'asyncapi: 3.0.0',
    'info:',
    '  title: ${4:Title}',
    '  version: 1.0.0',
    'channels: {\\}',
  ]),
  api('GraphQL', 'graphql', ['type Query {', '  ${4:hello}: String', '\\}']),
  api('gRPC', 'grpc', ['syntax = "proto3";', 'package ${4:example};']),
  api('tRPC', 'trpc', ['${4:export type AppRouter = typeof appRouter;}']),
  {
    label: 'API (MCP server)',
    kind: 'API',
    spec: facts => [
      'type: mcp-server',
      ...lived(facts, 3),
      'remotes:',
      `  - type: ${snippetChoice(4, ['streamable-http', 'sse', 'stdio'])}`,
      '    url: ${5:https://mcp.example.com}',
    ],
  },
  {
    label: 'Resource',
    kind: 'Resource',
    spec: facts => [
      `type: ${snippetChoice(3, ['database', 's3-bucket', 'cluster', 'queue', 'topic'])}`,
      owned(facts),
      ...partOf(facts),
    ],
  },
  { label: 'System', kind: 'System', spec: facts => [owned(facts)] },
  { label: 'Domain', kind: 'Domain', spec: facts => [owned(facts)] },
  {
    label: 'Group',
    kind: 'Group',
    spec: () => [
      `type: ${snippetChoice(2, ['team', 'business-unit', 'product-area', 'root'])}`,
      'profile:',
      '  displayName: ${3:Display Name}',
      'children: []',
    ],
  },
  {
    label: 'User',
    kind: 'User',
    spec: ({ owners }) => [
      'profile:',
      '  displayName: ${3:Display Name}',
      '  email: ${4:name@example.com}',
      'memberOf:',
      `  - ${snippetChoice(2, owners)}`,
    ],
  },
  {
    label: 'Location',
    kind: 'Location',
    spec: ({ target }) => [
      'targets:',
      target === undefined
        ? '  - ${2:https://github.com/example/repository/blob/main/catalog-info.yaml}'
        : `  - \${2:${inSnippet(target)}}`,
    ],
  },
  {
    label: 'Template',
    kind: 'Template',
    metadata: ['title: ${3:Title}', 'description: ${4:What it makes}'],
    spec: facts => [
      owned(facts),
      `type: ${snippetChoice(5, ['service', 'website', 'library', 'documentation'])}`,
      'parameters:',
      '  - title: ${6:About it}',
      '    required:',
      '      - name',
      '    properties:',
      '      name:',
      '        title: Name',
      '        type: string',
      'steps:',
      '  - id: ${7:log}',
      '    name: ${8:Say what was asked for}',
      '    action: ${9:debug:log}',
      '    input:',
      "      message: '\\${{ parameters.name \\}\\}'",
    ],
  },
  {
    label: 'AiResource (skill)',
    kind: 'AiResource',
    spec: facts => ['type: skill', ...lived(facts, 3)],
  },
  {
    label: 'AiResource (rule)',
    kind: 'AiResource',
    spec: facts => [
      'type: rule',
      ...lived(facts, 3),
      `category: ${snippetChoice(4, ['security', 'architecture', 'style'])}`,
      'rationale: ${5:Why it is a rule}',
    ],
  },
];

/** Returns a descriptor for each kind in the catalog; for custom kinds, with their relations. */
export function kindSnippets(kinds: KindRegistry, facts: SnippetFacts): readonly KindSnippet[] {
  const known = kinds.knownKinds();
  const builtin = rows.flatMap(row => {
    const definition = known.find(({ kind, custom }) => kind === row.kind && !custom);
    return definition ? [snippet(row, definition, facts)] : [];
  });
  const custom = known
    .filter(definition => definition.custom)
    .map(definition => snippet(customRow(definition), definition, facts));
  return [...builtin, ...custom];
}

function customRow({ kind, relations, relationsByType, specFields }: KindDefinition): Row {
  const types = [...(relationsByType?.keys() ?? [])];
  const hasType = types.length > 0 || specFields?.includes('type') !== false;
  return {
    label: kind.slice(0, MAX_LABEL),
    kind,
    spec: facts => {
      const isOwned = relations.some(({ field }) => field === 'spec.owner');
      const isPart = relations.some(({ field }) => field === 'spec.system');
      return [
        ...(hasType ? [`type: ${types.length ? snippetChoice(3, types) : '${3:example}'}`] : []),
        ...(isOwned ? [owned(facts)] : []),
        ...(isPart ? partOf(facts) : []),
      ];
    },
  };
}

function snippet(row: Row, definition: KindDefinition, facts: SnippetFacts): KindSnippet {
  const { label, kind, metadata = [], spec } = row;
  const lines = [
    `kind: ${kind}`,
    'metadata:',
    `  name: \${1:${inSnippet(facts.name(kind))}}`,
    ...metadata.map(line => `  ${line}`),
    'spec:',
    ...spec(facts).map(line => `  ${line}`),
  ];
  const apiVersion = definition.apiVersions[0] ?? '';
  return { label, kind, apiVersion, body: `${lines.join('\n')}\n$0` };
}

/** Values for a new descriptor from its surroundings. */
export interface SnippetFacts {
  /** Returns an unused name for a kind. */
  name(kind: string): string;
  /** Possible owners, the likeliest first; at least one. */
  readonly owners: readonly string[];
  /** The system of the entities in the file. */
  readonly system: string | undefined;
  /** A descriptor file for a Location to lead to. */
  readonly target: string | undefined;
  /** A file in the folder with an API definition, by type of the API. */
  readonly definitions: ReadonlyMap<string, string>;
}

const MAX_OWNERS = 10;

/** Names of definition files, by type of the API. */
const DEFINITIONS: readonly (readonly [type: string, name: RegExp])[] = [
  ['openapi', /^(?:openapi|swagger)\.(?:ya?ml|json)$/i],
  ['asyncapi', /^asyncapi\.(?:ya?ml|json)$/i],
  ['graphql', /^schema\.graphqls?$|\.graphqls?$/i],
  ['grpc', /\.proto$/i],
];

/** Collects values for a new descriptor. @param namespace - of the descriptor, for refs in their shortest form */
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

/** Converts a folder name to an entity name. Source: `isValidEntityName` of catalog-model. */
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

/** Returns the owner of the file or folder, else the groups that own the most. */
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

/** Returns the shortest ref that leads to an entity, in the entity's letter case. */
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
