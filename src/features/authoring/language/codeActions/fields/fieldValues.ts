import { isRecord } from '../../../../../base';
import { DEFAULT_NAMESPACE } from '../../../../../model';
import type { KindDefinition, KindRegistry } from '../../../../../model/validation';
import type { FieldValue } from '../../../core/edits';
import type { CatalogView, FacetField } from '../../catalogView';
import { knownLifecycles, knownTypes } from '../../completion/knownValues';
import { kindSnippets } from '../../completion/snippets/kindSnippets';
import {
  likelyOwners,
  shortRefTo,
  type SnippetFacts,
  snippetFacts,
} from '../../completion/snippets/snippetFacts';
import { snippetText } from '../../completion/yamlScalars';
import { YamlPart } from '../../documents/yamlPart';
import type { PlacedPart } from '../../documents/yamlText';
import type { TextRequest } from '../../languageProvider';

/** More are no choice. */
const MAX_KINDS = 3;

/** The kinds that a document may be meant to be of, by its version and by what stands in it. */
function fittingKinds(document: unknown, kinds: KindRegistry): readonly string[] {
  const value = isRecord(document) ? document : {};
  const apiVersion = value['apiVersion'];
  const known = kinds.knownKinds();
  const ofVersion = known.filter(({ apiVersions }) => apiVersions.includes(String(apiVersion)));
  const rated = (ofVersion.length ? ofVersion : known)
    .map(definition => ({ kind: definition.kind, ...misfit(value, definition) }))
    .sort((a, b) => a.objections - b.objections || a.foreign - b.foreign);
  const [best] = rated;
  return rated
    .filter(
      ({ objections, foreign }) => objections === best?.objections && foreign === best.foreign,
    )
    .slice(0, MAX_KINDS)
    .map(({ kind }) => kind);
}

/** Objections to a kind: errors of its schema, and fields that it doesn't have. */
function misfit(
  document: Readonly<Record<string, unknown>>,
  { kind, apiVersions, validate, specFields, relations }: KindDefinition,
): { readonly objections: number; readonly foreign: number } {
  const spec = isRecord(document['spec']) ? Object.keys(document['spec']) : [];
  const own = specFields ?? relations.map(({ field }) => field.slice('spec.'.length));
  return {
    objections: validate?.({ ...document, kind, apiVersion: apiVersions[0] }).length ?? 0,
    foreign: spec.filter(field => !own.includes(field)).length,
  };
}

/** Values that dotted fields of a document could have, by what stands in it. */
export interface FieldValues {
  /** The likeliest first; none where nobody can tell. */
  of(field: string, document: YamlPart): readonly FieldValue[];
  /** A value to begin with, where nothing is known of the field yet. */
  stub(field: string, document: YamlPart): FieldValue | undefined;
}

const MAX_OWNERS = 3;

/** For fields that a document lacks, from what the catalog holds. */
export async function fieldValues(
  request: TextRequest,
  { part }: PlacedPart,
): Promise<FieldValues> {
  const defaultNamespace = part.textAt('metadata', 'namespace') || DEFAULT_NAMESPACE;
  const facts = await snippetFacts(request, defaultNamespace);
  return {
    of: (field, document) => {
      const rows = valuesIn(document, { request, facts, defaultNamespace });
      return Object.hasOwn(rows, field) ? (rows[field]?.() ?? []) : [];
    },
    stub: (field, document) =>
      field === 'spec.definition'
        ? definitionStub(document.textAt('spec', 'type'), request.context.catalog.kinds, facts)
        : undefined,
  };
}

function valuesIn(
  part: YamlPart,
  {
    request: { text, context },
    facts,
    defaultNamespace,
  }: {
    readonly request: TextRequest;
    readonly facts: SnippetFacts;
    readonly defaultNamespace: string;
  },
): Readonly<Record<string, () => readonly FieldValue[]>> {
  const { catalog } = context;
  const kind = part.textAt('kind');
  const type = part.textAt('spec', 'type');
  const definition = catalog.kinds.knownKinds().find(known => known.kind === kind);
  const owners = (): readonly string[] => {
    const known = likelyOwners(catalog, text.uri)
      .slice(0, MAX_OWNERS)
      .map(ref => shortRefTo(ref, catalog, { defaultKind: 'Group', defaultNamespace }));
    return known.length ? known : ['team'];
  };
  const definitionFile = type === undefined ? undefined : facts.definitions.get(type);
  return {
    apiVersion: () => [definition?.apiVersions[0] ?? 'backstage.io/v1alpha1'],
    kind: () => fittingKinds(part.value, catalog.kinds),
    'metadata.name': () => [facts.name(kind ?? 'Component')],
    'spec.owner': owners,
    'spec.type': () => [
      mostUsed(catalog, 'type', kind) ?? knownValue(knownTypes, kind) ?? 'example',
    ],
    'spec.lifecycle': () => [
      mostUsed(catalog, 'lifecycle', kind) ??
        mostUsed(catalog, 'lifecycle') ??
        knownLifecycles[0] ??
        'experimental',
    ],
    'spec.definition': () => (definitionFile === undefined ? [] : [{ $text: definitionFile }]),
    'spec.children': () => [[]],
    'spec.memberOf': () => [[]],
    'spec.steps': () => [[]],
  };
}

/** What a new API of a type is defined by. */
function definitionStub(
  type: string | undefined,
  kinds: KindRegistry,
  facts: SnippetFacts,
): string | undefined {
  return kindSnippets(kinds, facts)
    .filter(({ kind }) => kind === 'API')
    .map(({ body }) => new YamlPart(snippetText(body)))
    .find(part => part.textAt('spec', 'type') === type)
    ?.textAt('spec', 'definition');
}

function mostUsed(catalog: CatalogView, field: FacetField, kind?: string): string | undefined {
  return [...catalog.facet(field, kind)].sort(
    (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
  )[0]?.[0];
}

function knownValue(
  values: Readonly<Record<string, readonly string[]>>,
  kind: string | undefined,
): string | undefined {
  return kind !== undefined && Object.hasOwn(values, kind) ? values[kind]?.[0] : undefined;
}
