import { type Range } from '../../../../base';
import { readEntityRef, stringifyEntityRef } from '../../../../model';
import { refAnnotations } from '../../../../model/annotations';
import type { KindRegistry } from '../../../../model/validation';
import { flatMapInSlices, TimeSlicer } from '../../../../platform/core';
import type { CatalogEntity } from '../catalogView';
import { descriptorOf } from '../descriptors/descriptor';
import { fileText } from '../documents/fileText';
import { PartCache } from '../documents/yamlPart';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { LanguageContext } from '../languageProvider';
import { declarationIn, innerSpan, type Mention, refMentionsIn } from './mention';

/** The place of an entity's declaration. */
export interface DeclarationPlace {
  /** URI */
  readonly file: string;
  readonly document: number;
  /** The range of the document's content. */
  readonly range: Range;
  /** The range of the value of `metadata.name`. */
  readonly nameRange: Range;
}

/** The place of a ref to an entity. */
export interface RefPlace {
  /** URI */
  readonly file: string;
  readonly range: Range;
  /** The entity that has the ref; undefined if it has no name yet. */
  readonly sourceRef: string | undefined;
  /** The relation of the source to the target; undefined for annotations, which have none. */
  readonly type: string | undefined;
  /** The inverse relation. */
  readonly inverse: string | undefined;
}

/** The catalog, and the text of the request. */
export interface PlacesScope {
  readonly context: LanguageContext;
  /** An open text that the catalog may not have yet. */
  readonly text?: YamlText | undefined;
}

/** Returns the declarations of an entity, the winning one first. Open files count as edited, not as in the catalog. */
export function declarationsOf(ref: string, scope: PlacesScope): readonly DeclarationPlace[] {
  const { catalog } = scope.context;
  const places: DeclarationPlace[] = [];
  const open = openTexts(scope);
  for (const text of open.values()) places.push(...declarationsIn(text, ref, scope.context));
  for (const file of catalog.files()) {
    if (open.has(file)) continue;
    for (const { place, ref: declaredRef } of catalog.entitiesInFile(file)) {
      if (declaredRef === ref && place) places.push({ file, ...place });
    }
  }
  for (const place of catalog.failed(ref)) if (!open.has(place.file)) places.push(place);
  const winner = catalog.get(ref);
  const rank = ({ file, document }: DeclarationPlace): number =>
    file !== winner?.file ? 2 : document === winner.place?.document ? 0 : 1;
  return places.sort((a, b) => rank(a) - rank(b));
}

/** Returns the winning declaration of an entity; undefined for entities without a file. */
export function declarationOf(ref: string, scope: PlacesScope): DeclarationPlace | undefined {
  const { context } = scope;
  const winner = context.catalog.get(ref);
  if (winner?.file !== undefined && winner.place) {
    const text = context.openText(winner.file);
    if (!text) return { file: winner.file, ...winner.place };
    const places = declarationsIn(text, ref, context);
    const same = places.find(({ document }) => document === winner.place?.document);
    if (same ?? places[0]) return same ?? places[0];
  }
  return scope.text && declarationsIn(scope.text, ref, context)[0];
}

function declarationsIn(
  text: YamlText,
  ref: string,
  { catalog }: LanguageContext,
): readonly DeclarationPlace[] {
  const places: DeclarationPlace[] = [];
  for (const placed of declaringParts(text, catalog.kinds).get(ref) ?? []) {
    const declaration = declarationIn(placed, catalog.kinds);
    if (!declaration) continue;
    const { start, end } = innerSpan(text, declaration.scalar) ?? declaration.scalar;
    const [from, to] = placed.part.spanOf(placed.part.root) ?? [0, 0];
    places.push({
      file: text.uri,
      document: placed.index,
      range: text.rangeAt(placed.start + from, placed.start + to),
      nameRange: text.rangeAt(start, end),
    });
  }
  return places;
}

/** Groups the documents of a text by the refs that they declare. */
function declaringParts(text: YamlText, kinds: KindRegistry): DeclaringParts {
  return declared.get(text, kinds, () =>
    Map.groupBy(text.parts, ({ part }) => descriptorOf(part, kinds)?.ref),
  );
}

type DeclaringParts = ReadonlyMap<string | undefined, readonly PlacedPart[]>;

/** Cached, because it is used for every ref of a file. */
const declared = new PartCache<DeclaringParts, YamlText>();

/** The scope of a possibly long search, which returns nothing when aborted. */
export interface PlacesSearch extends PlacesScope {
  readonly signal: AbortSignal;
}

/** Returns the fields that refer to an entity in any form; open files count as edited. */
export async function relationPlaces(
  ref: string,
  search: PlacesSearch,
): Promise<readonly RefPlace[]> {
  const open = openTexts(search);
  const inOpen = await openRefPlaces(ref, open, search);
  return [...inOpen.filter(({ type }) => type !== undefined), ...closedPlaces(ref, open, search)];
}

/** Returns all refs to an entity, including annotations, ordered by file. */
export async function refPlaces(ref: string, search: PlacesSearch): Promise<readonly RefPlace[]> {
  const { context, signal } = search;
  const { catalog } = context;
  const open = openTexts(search);
  const places = await openRefPlaces(ref, open, search);
  places.push(...closedPlaces(ref, open, search));
  const slices = new TimeSlicer();
  for (const file of [...catalog.files()]) {
    if (slices.isOver) await slices.pause();
    if (signal.aborted) return [];
    if (open.has(file)) continue;
    const failed = new Set(catalog.failedInFile(file).map(({ place: { document } }) => document));
    const isAnnotated = catalog.entitiesInFile(file).some(entity => hasAnnotationOf(entity, ref));
    if (!failed.size && !isAnnotated) continue;
    const text = await fileText(file, context);
    // The catalog has no refs of documents with errors.
    const accept = (mention: Mention): boolean =>
      mention.ref === ref &&
      (failed.has(mention.placed.index) || mention.written?.field.rule === undefined);
    for (const placed of text?.parts ?? []) {
      if (text) places.push(...refPlacesIn(placed, text, { context, accept }));
    }
  }
  return places.sort(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) ||
      a.range.start.line - b.range.start.line ||
      a.range.start.character - b.range.start.character,
  );
}

function openRefPlaces(
  ref: string,
  open: ReadonlyMap<string, YamlText>,
  { context, signal }: PlacesSearch,
): Promise<RefPlace[]> {
  const documents = [...open.values()].flatMap(text =>
    text.parts.map(placed => ({ text, placed })),
  );
  return flatMapInSlices(documents, signal, ({ text, placed }) =>
    refPlacesIn(placed, text, { context, accept: mention => mention.ref === ref }),
  );
}

/** Returns the refs in files that aren't open. */
function closedPlaces(
  ref: string,
  open: ReadonlyMap<string, YamlText>,
  { context }: PlacesScope,
): readonly RefPlace[] {
  return context.catalog
    .referencesTo(ref)
    .flatMap(({ file, range, sourceRef, type, inverse }) =>
      file === undefined || open.has(file) ? [] : [{ file, range, sourceRef, type, inverse }],
    );
}

/** Returns the refs in an entity's fields; an open file counts as edited. */
export function placesFrom(
  ref: string,
  scope: PlacesScope,
): readonly (RefPlace & { readonly targetRef: string })[] {
  const { context } = scope;
  const entity = context.catalog.get(ref);
  const text =
    entity?.file === undefined
      ? scope.text
      : (context.openText(entity.file) ??
        (scope.text?.uri === entity.file ? scope.text : undefined));
  if (!text) {
    const { file, references = [] } = entity ?? {};
    if (file === undefined) return [];
    return references.map(({ range, targetRef, type, inverse }) => {
      return { file, range, sourceRef: ref, targetRef, type, inverse };
    });
  }
  const { kinds } = context.catalog;
  return (declaringParts(text, kinds).get(ref) ?? [])
    .flatMap(placed => refMentionsIn(placed, kinds))
    .filter(({ written }) => written?.field.rule)
    .map(mention => ({ ...placeOf(mention, text), targetRef: mention.ref }));
}

function refPlacesIn(
  placed: PlacedPart,
  text: YamlText,
  {
    context: { catalog },
    accept,
  }: { readonly context: LanguageContext; readonly accept: (mention: Mention) => boolean },
): readonly RefPlace[] {
  return refMentionsIn(placed, catalog.kinds)
    .filter(accept)
    .map(mention => placeOf(mention, text));
}

function placeOf(mention: Mention, text: YamlText): RefPlace {
  const { start, end } = innerSpan(text, mention.scalar) ?? mention.scalar;
  const rule = mention.written?.field.rule;
  return {
    file: text.uri,
    range: text.rangeAt(start, end),
    sourceRef: mention.descriptor.ref,
    type: rule?.type,
    inverse: rule?.inverse,
  };
}

/** Returns the open texts by URI: that of the request, and those of catalog files. */
function openTexts({ context, text }: PlacesScope): ReadonlyMap<string, YamlText> {
  const texts = new Map<string, YamlText>();
  for (const file of context.catalog.files()) {
    const open = context.openText(file);
    if (open) texts.set(file, open);
  }
  if (text) texts.set(text.uri, text);
  return texts;
}

/** Whether an annotation of an entity refers to another entity. */
export function hasAnnotationOf({ annotations }: CatalogEntity, ref: string): boolean {
  if (!annotations) return false;
  return refAnnotations.some(({ key }) => {
    if (!Object.hasOwn(annotations, key)) return false;
    const target = readEntityRef(annotations[key]);
    return target.ok && stringifyEntityRef(target.value) === ref;
  });
}
