import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  SymbolKind,
  TypeHierarchyItem,
} from 'vscode-languageserver-types';
import { compareCodeUnits, isRecord, type Range } from '../../../../base';
import { flatMapInSlices } from '../../../../platform/core';
import type { YamlText } from '../documents/yamlText';
import { shortRef, symbolKindOf, titleOf } from '../entities/markdown';
import type { LanguageContext } from '../languageProvider';
import { mentionAt } from '../mentions/mention';
import { declarationOf, placesFrom, type PlacesScope, relationPlaces } from '../mentions/places';

/** An entity in a hierarchy, of calls or of types. */
interface EntityItem {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly detail: string;
  readonly uri: string;
  readonly range: Range;
  readonly selectionRange: Range;
  readonly data: { readonly ref: string };
}

/** The entity that a name or a ref at an offset stands for, where it is written in a file. */
function entityItemAt(
  context: LanguageContext,
  text: YamlText,
  offset: number,
): EntityItem | undefined {
  const mention = mentionAt(text, offset, context.catalog.kinds);
  return mention && entityItem(mention.ref, { context, text });
}

/**
 * @param detail - besides the kind of the entity
 * @returns undefined for what is not written in a file
 */
function entityItem(ref: string, scope: PlacesScope, detail?: string): EntityItem | undefined {
  const place = declarationOf(ref, scope);
  if (!place) return undefined;
  const entity = scope.context.catalog.get(ref);
  const kind = entity?.kind ?? ref.slice(0, ref.indexOf(':'));
  return {
    name: entity ? titleOf(entity) : shortRef(ref),
    kind: symbolKindOf(kind),
    detail: [kind, detail].filter(Boolean).join(' · '),
    uri: place.file,
    range: place.range,
    selectionRange: place.nameRange,
    data: { ref },
  };
}

/** The entity of an item as it comes back from a client, which may send anything. */
function refOfItem(item: { readonly data?: unknown }): string | undefined {
  if (!isRecord(item.data)) return undefined;
  const { ref } = item.data;
  return typeof ref === 'string' ? ref : undefined;
}

/** Depending on something and consuming an API are what calling is in code. */
const CALLS = ['dependsOn', 'consumesApi'];

/** A call between an entity and another one, of which it is told from where it is written. */
interface Call {
  /** The other entity. */
  readonly ref: string;
  readonly range: Range;
  /** URI of the file that the range is in. */
  readonly file: string;
  /** The API by way of which there is a call. */
  readonly through?: string;
}

/** The entity at an offset, to ask who depends on it and what it depends on. */
export function prepareCallHierarchy(
  context: LanguageContext,
  text: YamlText,
  offset: number,
): readonly CallHierarchyItem[] {
  const item = entityItemAt(context, text, offset);
  return item ? [item] : [];
}

/**
 * Who depends on an entity or consumes it. Whoever consumes an API calls what provides it as well,
 * though it says nothing of it: the detail does.
 */
export async function incomingCalls(
  context: LanguageContext,
  item: Pick<CallHierarchyItem, 'data'>,
  signal: AbortSignal,
): Promise<readonly CallHierarchyIncomingCall[]> {
  const ref = refOfItem(item);
  if (ref === undefined) return [];
  const calls = [...(await callsOf(ref, context, signal))];
  for (const api of targetsOf('providesApi', ref, context)) {
    const throughApi = await callsOf(api, context, signal);
    calls.push(...throughApi.map(call => ({ ...call, through: api })));
  }
  return flatMapInSlices(grouped(calls), signal, ([first, ranges]) => {
    const from = entityItem(first.ref, { context }, detailOf(first));
    // Ranges are in the file of the caller; what another file says of it shows at its name.
    const inFile = ranges.filter(({ file }) => file === from?.uri).map(({ range }) => range);
    return from ? [{ from, fromRanges: inFile.length ? inFile : [from.selectionRange] }] : [];
  });
}

/** What an entity depends on and consumes, and what provides the APIs that it consumes. */
export async function outgoingCalls(
  context: LanguageContext,
  item: Pick<CallHierarchyItem, 'data'>,
  signal: AbortSignal,
): Promise<readonly CallHierarchyOutgoingCall[]> {
  const ref = refOfItem(item);
  const own = ref === undefined ? undefined : declarationOf(ref, { context });
  if (ref === undefined || !own) return [];
  const related = await relationPlaces(ref, { context, signal });
  const direct: Call[] = [
    ...placesFrom(ref, { context }).flatMap(({ type, targetRef, file, range }) =>
      CALLS.includes(type ?? '') ? [{ ref: targetRef, file, range }] : [],
    ),
    ...related.flatMap(({ inverse, sourceRef, file, range }) =>
      sourceRef !== undefined && CALLS.includes(inverse ?? '')
        ? [{ ref: sourceRef, file, range }]
        : [],
    ),
  ];
  const implied = direct.flatMap(call =>
    targetsOf('apiProvidedBy', call.ref, context).map(provider => ({
      ...call,
      ref: provider,
      through: call.ref,
    })),
  );
  return flatMapInSlices(grouped([...direct, ...implied]), signal, ([first, ranges]) => {
    const to = entityItem(first.ref, { context }, detailOf(first));
    const inFile = ranges.filter(({ file }) => file === own.file).map(({ range }) => range);
    return to ? [{ to, fromRanges: inFile.length ? inFile : [own.nameRange] }] : [];
  });
}

/** Who says that it depends on an entity, and whom the entity says to be a dependency of. */
async function callsOf(
  ref: string,
  context: LanguageContext,
  signal: AbortSignal,
): Promise<readonly Call[]> {
  const related = await relationPlaces(ref, { context, signal });
  return [
    ...related.flatMap(({ type, sourceRef, file, range }) =>
      sourceRef !== undefined && CALLS.includes(type ?? '')
        ? [{ ref: sourceRef, file, range }]
        : [],
    ),
    ...placesFrom(ref, { context }).flatMap(({ inverse, targetRef, file, range }) =>
      CALLS.includes(inverse ?? '') ? [{ ref: targetRef, file, range }] : [],
    ),
  ];
}

function targetsOf(type: string, ref: string, { catalog }: LanguageContext): readonly string[] {
  return catalog
    .relations(ref)
    .flatMap(relation => (relation.type === type ? [relation.targetRef] : []));
}

/** The calls to and from each entity together, those that are written before those that follow from it. */
function grouped(calls: readonly Call[]): readonly (readonly [Call, readonly Call[]])[] {
  const groups = new Map<string, Call[]>();
  for (const call of calls) {
    const key = `${call.through ?? ''} ${call.ref}`;
    const group = groups.get(key);
    if (group) group.push(call);
    else groups.set(key, [call]);
  }
  return [...groups.values()]
    .flatMap(group => (group[0] ? [[group[0], group] as const] : []))
    .sort(
      ([a], [b]) =>
        compareCodeUnits(a.through ?? '', b.through ?? '') || compareCodeUnits(a.ref, b.ref),
    );
}

function detailOf({ through }: Call): string | undefined {
  return through === undefined ? undefined : `through ${shortRef(through)}`;
}

/** Being part of something, and groups below groups, are what types are in code. */
const UP = ['partOf', 'childOf'];
const DOWN = ['hasPart', 'parentOf'];

/** The entity at an offset, to ask what it is part of and what is part of it. */
export function prepareTypeHierarchy(
  context: LanguageContext,
  text: YamlText,
  offset: number,
): readonly TypeHierarchyItem[] {
  const item = entityItemAt(context, text, offset);
  return item ? [item] : [];
}

/** What an entity is part of: its system, domain, component or parent group. */
export function supertypes(
  context: LanguageContext,
  item: Pick<TypeHierarchyItem, 'data'>,
  signal: AbortSignal,
): Promise<readonly TypeHierarchyItem[]> {
  return related(UP, { context, item, signal });
}

/** What is part of an entity, and the groups below a group. */
export function subtypes(
  context: LanguageContext,
  item: Pick<TypeHierarchyItem, 'data'>,
  signal: AbortSignal,
): Promise<readonly TypeHierarchyItem[]> {
  return related(DOWN, { context, item, signal });
}

async function related(
  types: readonly string[],
  {
    context,
    item,
    signal,
  }: {
    readonly context: LanguageContext;
    readonly item: Pick<TypeHierarchyItem, 'data'>;
    readonly signal: AbortSignal;
  },
): Promise<readonly TypeHierarchyItem[]> {
  const ref = refOfItem(item);
  if (ref === undefined) return [];
  return flatMapInSlices(context.catalog.relations(ref), signal, ({ type, targetRef }) => {
    const found = types.includes(type) ? entityItem(targetRef, { context }) : undefined;
    return found ? [found] : [];
  });
}
