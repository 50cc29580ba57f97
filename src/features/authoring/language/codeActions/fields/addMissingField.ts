import { isRecord, ownValue, translate } from '../../../../../base';
import { DEFAULT_NAMESPACE, type Problem } from '../../../../../model';
import {
  type KindDefinition,
  type KindRegistry,
  validateEntity,
} from '../../../../../model/validation';
import {
  applyOffsetEdits,
  type FieldValue,
  movedEdit,
  removeField,
  replacement,
  setField,
  withoutField,
} from '../../../core/edits';
import type { CatalogView, FacetField } from '../../catalogView';
import {
  kindSnippets,
  likelyOwners,
  shortRefTo,
  snippetFacts,
  type SnippetFacts,
} from '../../completion/snippets/kindSnippets';
import { knownLifecycles, knownTypes } from '../../completion/valueCompletion';
import { filledSnippet } from '../../completion/yamlScalars';
import { YamlPart } from '../../documents/yamlPart';
import type { PlacedPart } from '../../documents/yamlText';
import type { CodeActionRequest, TextRequest } from '../../languageProvider';
import { type ActionSource, editAction, type OfferedAction } from '../actionSource';
import { objectionsTo } from '../refs/rewriteRef';
import { editOfPart } from '../workspaceEdits';

/** Codes of problems that may be about a missing field. */
const CODES = ['invalid-envelope', 'invalid-metadata', 'invalid-spec'];

/** A document to change. */
interface Target {
  readonly placed: PlacedPart;
  readonly values: FieldValues;
}

/** Gives required fields that are missing or empty a value from the catalog; removes empty fields that are optional. */
export const addMissingField: ActionSource = async request => {
  const { text, problems, context } = request;
  const about = problems.filter(({ code }) => CODES.includes(code));
  const placed = about[0] && text.partAt(text.offsetAt(about[0].range.start));
  if (!placed) return [];
  const wanted = wantedFields(placed.part.value, context.catalog.kinds, about).flatMap(field => {
    const problem = about.find(other => other.message === field.message);
    return problem ? [{ field, problem }] : [];
  });
  if (!wanted.length) return [];
  const target = { placed, values: await fieldValues(request, placed) };
  const single = wanted.flatMap(({ field, problem }) => {
    const one = { ...target, field, problem };
    const set = field.isDemanded === false ? [] : setOne(request, one);
    return set.length || field.isDemanded ? set : removeOne(request, one);
  });
  const all = wanted.some(({ field }) => field.isDemanded)
    ? addAll(request, { ...target, problems: about })
    : undefined;
  // No "all" action for a single field that is offered by itself.
  return [...single, ...(all && (all.count > 1 || !single.length) ? [all.action] : [])];
};

interface SingleField extends Target {
  readonly field: WantedField;
  readonly problem: Problem;
}

function setOne(
  { text }: CodeActionRequest,
  { placed, values, field, problem }: SingleField,
): readonly OfferedAction[] {
  const { path, isEmpty } = field;
  const name = path.join('.');
  const candidates = values.of(name, placed.part);
  return candidates.flatMap((value): readonly OfferedAction[] => {
    const edit = editOfPart(placed, (source, document) =>
      setField(source, { document, path, value }),
    );
    return editAction(text, edit, {
      title: additionTitle(name, { value, isEmpty }),
      problems: [problem],
      isPreferred: candidates.length === 1,
    });
  });
}

function additionTitle(
  name: string,
  { value, isEmpty }: { readonly value: FieldValue; readonly isEmpty: boolean },
): string {
  if (typeof value !== 'string') {
    return isEmpty ? translate('Set {0}', name) : translate('Add {0}', name);
  }
  return isEmpty
    ? translate('Set {0} to {1}', name, value)
    : translate('Add {0}: {1}', name, value);
}

function removeOne(
  { text }: CodeActionRequest,
  { placed, field: { path }, problem }: SingleField,
): readonly OfferedAction[] {
  const edit = editOfPart(placed, (source, document) => removeField(source, { document, path }));
  return editAction(text, edit, {
    title: translate('Remove {0}', path.join('.')),
    problems: [problem],
  });
}

/** The maximum number of added fields. */
const MOST_FIELDS = 20;

/** Adds missing fields, including those of added fields, until none is missing. */
function addAll(
  { text, context }: CodeActionRequest,
  { placed, problems, values }: Target & { readonly problems: readonly Problem[] },
): { readonly action: OfferedAction; readonly count: number } | undefined {
  const { kinds } = context.catalog;
  const isNew = !hasFields(placed.part.value);
  const valueOf = (path: readonly string[]): FieldValue | undefined => {
    const field = path.join('.');
    return values.of(field, part)[0] ?? (isNew ? values.stub(field, part) : undefined);
  };
  let part = placed.part;
  let count = 0;
  const fixed = new Set<Problem>();
  while (count < MOST_FIELDS) {
    const missing = wantedFields(part.value, kinds).find(({ isDemanded }) => isDemanded);
    if (!missing) break;
    const { path, value } = withValue(missing.path, part.value, kinds, valueOf);
    if (value === undefined) return undefined;
    const edit = setField(part.source, { document: part.documentIndex, path, value });
    if (!edit.ok || !edit.value) return undefined;
    part = new YamlPart(applyOffsetEdits(part.source, [edit.value]));
    count++;
    for (const problem of problems) if (problem.message === missing.message) fixed.add(problem);
  }
  const edit = replacement(placed.part.source, part.source);
  if (!edit) return undefined;
  const action = {
    title: translate('Add all missing fields'),
    problems: [...fixed],
    changes: [{ uri: text.uri, text: text.text, edits: [movedEdit(edit, placed.start)] }],
  };
  return { action, count };
}

/** Adds a missing map together with its first required field. */
function withValue(
  path: readonly string[],
  document: unknown,
  kinds: KindRegistry,
  valueOf: (path: readonly string[]) => FieldValue | undefined,
): { readonly path: readonly string[]; readonly value: FieldValue | undefined } {
  const [key = '', ...rest] = path;
  if (rest.length || !MAPS.includes(key)) return { path, value: valueOf(path) };
  const below = wantedFields({ ...(isRecord(document) && document), [key]: {} }, kinds).find(
    field => field.path[0] === key && field.path.length > 1,
  );
  return below ? { path: below.path, value: valueOf(below.path) } : { path, value: {} };
}

/** Whether the spec of a document has any field. */
function hasFields(document: unknown): boolean {
  const spec = isRecord(document) ? document['spec'] : undefined;
  return isRecord(spec) && Object.keys(spec).length > 0;
}

const MAPS = ['metadata', 'spec'];

/** A missing or empty field that a schema requires. */
interface WantedField {
  readonly path: readonly string[];
  /** The message of the field's problem. */
  readonly message: string;
  /** Whether its key exists with an empty value. */
  readonly isEmpty: boolean;
  /** Whether the kind requires the field; undefined if that is unknown. */
  readonly isDemanded: boolean | undefined;
}

/**
 * Returns missing fields of maps; fields of list items can't be guessed.
 *
 * @param problems - the engine's problems of the document
 */
function wantedFields(
  document: unknown,
  kinds: KindRegistry,
  problems: readonly Problem[] = [],
): readonly WantedField[] {
  return objectionsTo(document, kinds, problems).flatMap((issue): readonly WantedField[] => {
    const { path, missing, message, isEngineOnly } = issue;
    if (path.some(segment => typeof segment === 'number')) return [];
    const keys = path.map(String);
    if (missing !== undefined) {
      return [{ path: [...keys, missing], message, isEmpty: false, isDemanded: true }];
    }
    if (!keys.length || !isNothing(valueAt(document, keys))) return [];
    const isDemanded = isEngineOnly ? undefined : demandOf(keys, document, kinds);
    return [{ path: keys, message, isEmpty: true, isDemanded }];
  });
}

/** An empty `key:` is null. */
function isNothing(value: unknown): boolean {
  return value === null || value === '';
}

function demandOf(path: readonly string[], document: unknown, kinds: KindRegistry): boolean {
  const field = path.join('.');
  return validateEntity(withoutField(document, path), { kinds }).some(
    issue => issue.missing !== undefined && [...issue.path, issue.missing].join('.') === field,
  );
}

/** Returns the value at a path of keys and indices; undefined if there is none. */
export function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((below, key) => {
    if (Array.isArray(below)) return typeof key === 'number' ? (below[key] as unknown) : undefined;
    return isRecord(below) && Object.hasOwn(below, key) ? below[key] : undefined;
  }, value);
}

/** The maximum number of offered kinds. */
const MAX_KINDS = 3;

/** Returns the kinds that a document may have, by its version and fields. */
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

/** Returns the numbers of mismatches with a kind: schema errors and unknown fields. */
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

/** Possible values of dotted fields, given the document. */
interface FieldValues {
  /** Returns values, the likeliest first; none if they can't be determined. */
  of(field: string, document: YamlPart): readonly FieldValue[];
  /** Returns a placeholder value if no other value is known. */
  stub(field: string, document: YamlPart): FieldValue | undefined;
}

const MAX_OWNERS = 3;

/** Returns values for missing fields of a document from the catalog. */
async function fieldValues(request: TextRequest, { part }: PlacedPart): Promise<FieldValues> {
  const defaultNamespace = part.textAt('metadata', 'namespace') || DEFAULT_NAMESPACE;
  const facts = await snippetFacts(request, defaultNamespace);
  return {
    of: (field, document) => {
      const rows = valuesIn(document, { request, facts, defaultNamespace });
      return ownValue(rows, field)?.() ?? [];
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
      mostUsed(catalog, 'type', kind) ?? ownValue(knownTypes, kind ?? '')?.[0] ?? 'example',
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

/** Returns the initial definition of a new API of a type. */
function definitionStub(
  type: string | undefined,
  kinds: KindRegistry,
  facts: SnippetFacts,
): string | undefined {
  return kindSnippets(kinds, facts)
    .filter(({ kind }) => kind === 'API')
    .map(({ body }) => new YamlPart(filledSnippet(body)))
    .find(part => part.textAt('spec', 'type') === type)
    ?.textAt('spec', 'definition');
}

function mostUsed(catalog: CatalogView, field: FacetField, kind?: string): string | undefined {
  return [...catalog.facet(field, kind)].sort(
    (a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1),
  )[0]?.[0];
}
