import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  TypeHierarchyItem,
} from 'vscode-languageserver-types';
import { compareCodeUnits, isRecord, type Range } from '../../../../base';
import { flatMapInSlices } from '../../../../platform/core';
import type { YamlText } from '../documents/yamlText';
import { shortRef, symbolKindOf, titleOf } from '../entities/markdown';
import type { LanguageContext } from '../languageProvider';
import { mentionAt } from '../mentions/mention';
import { declarationOf, placesFrom, type PlacesScope, relationPlaces } from '../mentions/places';

/** An entity in a hierarchy, of calls or of types: LSP has the same fields for both. */
type EntityItem = CallHierarchyItem & TypeHierarchyItem;

/** The entity at an offset, to ask what it is related to: that of a name or a ref, if it is written in a file. */
export function prepareHierarchy(
  context: LanguageContext,
  text: YamlText,
  offset: number,
): readonly EntityItem[] {
  const mention = mentionAt(text, offset, context.catalog.kinds);
  const item = mention && entityItem(mention.ref, { context, text });
  return item ? [item] : [];
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
  const calls = [...(await writtenCalls(ref, 'in', { context, signal }))];
  for (const api of targetsOf('providesApi', ref, context)) {
    const throughApi = await writtenCalls(api, 'in', { context, signal });
    calls.push(...throughApi.map(call => ({ ...call, through: api })));
  }
  return flatMapInSlices(grouped(calls), signal, ([first, ranges]) => {
    const from = entityItem(first.ref, { context }, detailOf(first));
    return from ? [{ from, fromRanges: rangesIn(from.uri, ranges, from.selectionRange) }] : [];
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
  const direct = await writtenCalls(ref, 'out', { context, signal });
  const implied = direct.flatMap(call =>
    targetsOf('apiProvidedBy', call.ref, context).map(provider => ({
      ...call,
      ref: provider,
      through: call.ref,
    })),
  );
  return flatMapInSlices(grouped([...direct, ...implied]), signal, ([first, ranges]) => {
    const to = entityItem(first.ref, { context }, detailOf(first));
    return to ? [{ to, fromRanges: rangesIn(own.file, ranges, own.nameRange) }] : [];
  });
}

/**
 * The calls of an entity, or to it, that fields name: its own, and those of others. In their fields, and for calls to
 * it in its own, the inverse of a relation is what makes a call.
 */
async function writtenCalls(
  ref: string,
  direction: 'in' | 'out',
  { context, signal }: { readonly context: LanguageContext; readonly signal: AbortSignal },
): Promise<readonly Call[]> {
  const [own, others] =
    direction === 'out' ? (['type', 'inverse'] as const) : (['inverse', 'type'] as const);
  const related = await relationPlaces(ref, { context, signal });
  return [
    ...placesFrom(ref, { context })
      .filter(place => CALLS.includes(place[own] ?? ''))
      .map(({ targetRef, file, range }) => ({ ref: targetRef, file, range })),
    ...related
      .filter(place => CALLS.includes(place[others] ?? ''))
      .flatMap(({ sourceRef, file, range }) =>
        sourceRef === undefined ? [] : [{ ref: sourceRef, file, range }],
      ),
  ];
}

/** The ranges of calls that are in a file; calls that only other files name show at another range. */
function rangesIn(uri: string, calls: readonly Call[], otherwise: Range): Range[] {
  const inFile = calls.filter(({ file }) => file === uri).map(({ range }) => range);
  return inFile.length ? inFile : [otherwise];
}

function targetsOf(type: string, ref: string, { catalog }: LanguageContext): readonly string[] {
  return catalog
    .relations(ref)
    .flatMap(relation => (relation.type === type ? [relation.targetRef] : []));
}

/** The calls to and from each entity together, those that are written before those that follow from it. */
function grouped(calls: readonly Call[]): readonly (readonly [Call, readonly Call[]])[] {
  const groups = Map.groupBy(calls, call => `${call.through ?? ''} ${call.ref}`);
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

/** What an entity is part of: its system, domain, component or parent group. */
export const supertypes = relatedBy(['partOf', 'childOf']);

/** What is part of an entity, and the groups below a group. */
export const subtypes = relatedBy(['hasPart', 'parentOf']);

/** Being part of something, and groups below groups, are what types are in code. */
function relatedBy(types: readonly string[]) {
  return async (
    context: LanguageContext,
    item: Pick<TypeHierarchyItem, 'data'>,
    signal: AbortSignal,
  ): Promise<readonly TypeHierarchyItem[]> => {
    const ref = refOfItem(item);
    if (ref === undefined) return [];
    return flatMapInSlices(context.catalog.relations(ref), signal, ({ type, targetRef }) => {
      const found = types.includes(type) ? entityItem(targetRef, { context }) : undefined;
      return found ? [found] : [];
    });
  };
}
