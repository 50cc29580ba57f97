import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  TypeHierarchyItem,
} from 'vscode-languageserver-types';
import { compareCodeUnits, isRecord, type Range, translate } from '../../../../base';
import { flatMapInSlices } from '../../../../platform/core';
import type { YamlText } from '../documents/yamlText';
import { shortRef, symbolKindOf, titleOf } from '../entities/markdown';
import type { LanguageContext } from '../languageProvider';
import { mentionAt } from '../mentions/mention';
import { declarationOf, placesFrom, type PlacesScope, relationPlaces } from '../mentions/places';

/** An entity in a call or type hierarchy, for which LSP has the same fields. */
type EntityItem = CallHierarchyItem & TypeHierarchyItem;

/** Returns the entity whose name or ref is at an offset, if it has a file. */
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
 * @param detail - shown after the kind of the entity
 * @returns undefined for entities without a file
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

/** Returns the entity of an item that a client sent, which may have any value. */
function refOfItem(item: { readonly data?: unknown }): string | undefined {
  if (!isRecord(item.data)) return undefined;
  const { ref } = item.data;
  return typeof ref === 'string' ? ref : undefined;
}

/** Relations that are shown as calls. */
const CALLS = ['dependsOn', 'consumesApi'];

/** A call between an entity and another one, with its place. */
interface Call {
  /** The other entity. */
  readonly ref: string;
  readonly range: Range;
  /** URI of the file that the range is in. */
  readonly file: string;
  /** The API that the call goes through. */
  readonly through?: string;
}

/**
 * Returns the entities that depend on an entity or consume it. A consumer of an API also calls the API's provider,
 * indirectly, which the detail states.
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

/** Returns the entities that an entity depends on, the APIs that it consumes, and the providers of these. */
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
 * Returns the calls of an entity, or to it, that are written in its fields or in those of other entities. Depending on
 * whose field it is, the relation or its inverse is the call.
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

/** Returns the ranges of calls in a file; calls from other files only get another range. */
function rangesIn(uri: string, calls: readonly Call[], otherwise: Range): Range[] {
  const inFile = calls.filter(({ file }) => file === uri).map(({ range }) => range);
  return inFile.length ? inFile : [otherwise];
}

function targetsOf(type: string, ref: string, { catalog }: LanguageContext): readonly string[] {
  return catalog
    .relations(ref)
    .flatMap(relation => (relation.type === type ? [relation.targetRef] : []));
}

/** Groups the calls by the other entity, written ones before indirect ones. */
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
  return through === undefined ? undefined : translate('through {0}', shortRef(through));
}

/** Returns the parents of an entity: its system, domain, component or parent group. */
export const supertypes = relatedBy(['partOf', 'childOf']);

/** Returns the parts of an entity, and the child groups of a group. */
export const subtypes = relatedBy(['hasPart', 'parentOf']);

/** Shows part-of and parent relations as a type hierarchy. */
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
