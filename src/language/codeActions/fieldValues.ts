import type { FieldValue } from '../../core/edits';
import { DEFAULT_NAMESPACE } from '../../model';
import type { CatalogView, FacetField } from '../catalogView';
import { knownLifecycles, knownTypes } from '../completion/knownValues';
import { likelyOwners, shortRefTo, snippetFacts } from '../completion/snippetFacts';
import type { PlacedPart } from '../documents/yamlText';
import type { TextRequest } from '../languageProvider';

/** Values that a dotted field could have, the likeliest first; none where nobody can tell. */
export type FieldValues = (field: string) => readonly FieldValue[];

const MAX_OWNERS = 3;

/** For fields that a document lacks, from what the catalog holds. */
export async function fieldValues(
  request: TextRequest,
  { part }: PlacedPart,
): Promise<FieldValues> {
  const { text, context } = request;
  const { catalog } = context;
  const kind = part.textAt('kind');
  const type = part.textAt('spec', 'type');
  const defaultNamespace = part.textAt('metadata', 'namespace') || DEFAULT_NAMESPACE;
  const definition = catalog.kinds.knownKinds().find(known => known.kind === kind);
  const facts = await snippetFacts(request, defaultNamespace);
  const owners = (): readonly string[] => {
    const known = likelyOwners(catalog, text.uri)
      .slice(0, MAX_OWNERS)
      .map(ref => shortRefTo(ref, catalog, { defaultKind: 'Group', defaultNamespace }));
    return known.length ? known : ['team'];
  };
  const definitionFile = type === undefined ? undefined : facts.definitions.get(type);
  const rows: Readonly<Record<string, () => readonly FieldValue[]>> = {
    apiVersion: () => [definition?.apiVersions[0] ?? 'backstage.io/v1alpha1'],
    kind: () => ['Component'],
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
  return field => (Object.hasOwn(rows, field) ? (rows[field]?.() ?? []) : []);
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
