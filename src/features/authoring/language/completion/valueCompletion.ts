import { CompletionItemKind } from 'vscode-languageserver-types';
import { ownValue, translate, formatNumber } from '../../../../base';
import type { FacetField } from '../catalogView';
import { termItem } from './annotations/annotationCompletion';
import { nodeAt } from '../documents/cursor';
import type { CompletionItems } from '../languageProvider';
import type { CompletionPlace } from './completionPlace';
import { mayHoldDescriptors } from './paths/folders';
import { type OfferedValue, valueItems, timesUsed } from './valueItems';

type Values = (place: CompletionPlace) => readonly OfferedValue[];

/** Completions by field path, in which `*` is a list item. */
const FIELDS: Readonly<Record<string, Values | undefined>> = {
  kind: kinds,
  apiVersion: apiVersions,
  'metadata.namespace': place => inUse(place, 'namespace'),
  'metadata.tags.*': tags,
  'metadata.links.*.icon': () => knownIcons.map(value => ({ value, detail: 'Icon' })),
  'metadata.links.*.type': () => knownLinkTypes.map(value => ({ value })),
  'spec.type': types,
  'spec.lifecycle': lifecycles,
};

/** Completes values of a field: those in the catalog, the most frequent first, and well-known ones. */
export function completeValues(place: CompletionPlace): CompletionItems | undefined {
  const { path, at } = place.site;
  if (at !== 'value') return undefined;
  const field = path.map(segment => (typeof segment === 'number' ? '*' : segment)).join('.');
  const values = ownValue(FIELDS, field);
  if (!values) return undefined;
  return valueItems(place, values(place));
}

function kinds(place: CompletionPlace): readonly OfferedValue[] {
  const { descriptor, request, site } = place;
  const { catalog } = request.context;
  const apiVersion = site.placed.part.textAt('apiVersion');
  // A document of another system has another apiVersion.
  if (!descriptor && (apiVersion !== undefined || !mayHoldDescriptors(place))) return [];
  const known = catalog.kinds.knownKinds();
  const fitting = known.filter(({ apiVersions: all }) =>
    apiVersion === undefined ? true : all.includes(apiVersion),
  );
  const counts = catalog.facet('kind');
  return (fitting.length ? fitting : known).map((definition): OfferedValue => ({
    value: definition.kind,
    detail: [definition.apiVersions[0], inCatalog(counts.get(definition.kind))]
      .filter(part => part !== undefined)
      .join(' · '),
    kind: CompletionItemKind.Class,
    documentation:
      definition.description === undefined
        ? undefined
        : { kind: 'plaintext', value: definition.description },
  }));
}

function inCatalog(count: number | undefined): string | undefined {
  return count === undefined ? undefined : translate('{0} in the catalog', formatNumber(count));
}

function apiVersions(place: CompletionPlace): readonly OfferedValue[] {
  const { request, site } = place;
  const kind = site.placed.part.textAt('kind');
  const known = request.context.catalog.kinds.knownKinds();
  const ofKind = known.filter(definition => definition.kind === kind);
  if (kind === undefined ? !mayHoldDescriptors(place) : !ofKind.length) return [];
  const versions = new Map<string, string[]>();
  for (const definition of kind === undefined ? known : ofKind) {
    for (const version of definition.apiVersions) {
      versions.set(version, [...(versions.get(version) ?? []), definition.kind]);
    }
  }
  return [...versions].map(([value, names]) => ({ value, detail: names.join(', ') }));
}

function types(place: CompletionPlace): readonly OfferedValue[] {
  const kind = place.descriptor?.kind;
  if (kind === undefined) return [];
  const known = ownValue(knownTypes, kind) ?? [];
  // Only known types of Locations are valid.
  if (kind === 'Location') return known.map(value => ({ value }));
  const declared = place.request.context.catalog.kinds
    .knownKinds()
    .filter(definition => definition.kind === kind && definition.isOfModel)
    .flatMap(({ relationsByType }) => [...(relationsByType?.keys() ?? [])])
    .map(value => ({ value, detail: translate('Your catalog model') }));
  return [
    ...declared,
    ...inUse(place, 'type', kind),
    ...known.map(value => ({ value, detail: translate('Common value') })),
  ];
}

function lifecycles(place: CompletionPlace): readonly OfferedValue[] {
  const { descriptor, request } = place;
  const kind = descriptor?.kind;
  if (kind === undefined) return [];
  const isKnown = kindsWithLifecycle.includes(kind);
  if (!isKnown && !request.context.catalog.facet('lifecycle', kind).size) return [];
  return [
    ...inUse(place, 'lifecycle'),
    ...knownLifecycles.map(value => ({ value, detail: translate('Common value') })),
  ];
}

function tags(place: CompletionPlace): readonly OfferedValue[] {
  const { site, descriptor } = place;
  if (!descriptor) return [];
  const value: unknown = nodeAt(site.placed, site.path.slice(0, -1))?.toJSON();
  const own = site.path.at(-1);
  const listed = Array.isArray(value) ? value.filter((_, index) => index !== own) : [];
  const declared = place.request.context.catalog.kinds.terms.tags.map(termItem);
  const others = inUse(place, 'tag').filter(tag => !declared.some(d => d.value === tag.value));
  return [...declared, ...others].filter(tag => !listed.includes(tag.value));
}

function inUse(place: CompletionPlace, field: FacetField, kind?: string): readonly OfferedValue[] {
  if (!place.descriptor) return [];
  return [...place.request.context.catalog.facet(field, kind)]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([value, count]) => ({
      value,
      detail: timesUsed(count),
    }));
}

/** Values of `spec.type` in Backstage's documentation and plugins, by kind. */
export const knownTypes: Readonly<Record<string, readonly string[]>> = {
  Component: ['service', 'website', 'library'],
  API: ['openapi', 'asyncapi', 'graphql', 'grpc', 'trpc', 'mcp-server'],
  Resource: ['database', 's3-bucket', 'cluster', 'queue', 'topic', 'cache'],
  System: ['product', 'service', 'feature-set'],
  Domain: ['product-area'],
  Group: ['team', 'business-unit', 'product-area', 'root'],
  Location: ['file', 'url'],
  Template: ['service', 'website', 'library', 'documentation'],
  AiResource: ['skill', 'rule', 'plugin', 'marketplace', 'agent', 'prompt', 'tool'],
};

/** The values of `spec.lifecycle` that the software catalog model describes. */
export const knownLifecycles: readonly string[] = ['experimental', 'production', 'deprecated'];

/** Kinds with a lifecycle. */
const kindsWithLifecycle: readonly string[] = ['Component', 'API', 'AiResource'];

/** Names of icons that every Backstage app knows. Source: `packages/app-defaults`. */
const knownIcons: readonly string[] = [
  'dashboard',
  'docs',
  'techdocs',
  'github',
  'chat',
  'email',
  'help',
  'warning',
  'catalog',
  'scaffolder',
  'search',
  'user',
  'group',
  'kind:api',
  'kind:component',
  'kind:domain',
  'kind:group',
  'kind:location',
  'kind:resource',
  'kind:system',
  'kind:template',
  'kind:user',
];

/** Types of links that Backstage's documentation gives as examples. */
const knownLinkTypes: readonly string[] = [
  'admin-dashboard',
  'dashboard',
  'documentation',
  'runbook',
  'repository',
  'website',
];
