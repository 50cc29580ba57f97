import {
  type CardContent,
  type CardTreeItem,
  type Entity,
  entityFacets,
  entityTitle,
  type LinkTarget,
  refOf,
  type SearchDocument,
  type SearchLocation,
  type Translate,
} from '../../../../api';
import { type ApiOutline, leavesWithPaths, MORE_ID, type PlacedLeaf } from '../../core';

/** Limits for one operation or type; the rest isn't searched. */
const MOST_KEYWORDS = 200;
const MAX_KEYWORD = 100;
const MAX_TEXT = 4000;
/** The maximum depth at which names in parameters and bodies are searched. */
const MAX_DEPTH = 3;

/** A part of an outline, under the id of its document. */
export interface FoundPart {
  readonly id: string;
  readonly item: CardTreeItem;
}

type Parts = Pick<ApiOutline, 'operations' | 'types'>;

/** Returns the search documents of an API: its operations and types. */
export function* apiDocuments(
  entity: Entity,
  outline: Parts,
  translate: Translate,
): Generator<void, SearchDocument[]> {
  const documents: SearchDocument[] = [];
  const whole = { ref: refOf(entity), facets: entityFacets(entity) };
  const title = entityTitle(entity);
  for (const operation of operationsOf(outline)) {
    documents.push({
      ...operationDocument(operation, { entityRef: whole.ref, title, translate }),
      ...whole,
    });
    yield;
  }
  for (const { id, item } of typesOf(outline)) {
    documents.push({ ...typeDocument(id, item, whole.ref, title), ...whole });
    yield;
  }
  return documents;
}

/** Returns the current locations of an outline's parts, by the ids of their documents. */
export function placesOf(outline: Parts): ReadonlyMap<string, SearchLocation> {
  const places = new Map<string, SearchLocation>();
  const add = (id: string, { target }: CardTreeItem): void => {
    // Entities of providers are in no file.
    if (target?.type !== 'source' || target.file === '' || places.has(id)) return;
    const { file, range } = target;
    places.set(id, { file, ...(range && { range }) });
  };
  for (const { path, item } of operationsOf(outline)) add(path, item);
  for (const { id, item } of typesOf(outline)) add(id, item);
  return places;
}

function* operationsOf({ operations }: Parts): Generator<PlacedLeaf> {
  for (const leaf of leavesWithPaths(operations)) if (leaf.item.id !== MORE_ID) yield leaf;
}

function* typesOf({ types }: Parts): Generator<FoundPart> {
  // Paths of operations begin with a slash.
  for (const item of types) if (item.id !== MORE_ID) yield { id: `types/${item.id}`, item };
}

function operationDocument(
  { item, path, groups }: PlacedLeaf,
  {
    entityRef,
    title,
    translate,
  }: { readonly entityRef: string; readonly title: string; readonly translate: Translate },
): SearchDocument {
  const { badge, label, description, icon } = item;
  // The label of ids in formats that have them.
  const collector = new TextCollector(translate('Operation'));
  if (item.content) collector.add(item.content, 0);
  const inside = groups.filter(group => group.icon !== 'tag').map(group => group.label);
  return {
    id: path,
    // The badge of a remote is a protocol rather than a method.
    title: badge && icon !== 'remote' ? `${badge.text} ${label}` : label,
    names: distinct([
      label,
      ...(inside.length ? [[...inside, label].join('.')] : []),
      ...collector.ids,
      ...(description === undefined ? [] : [description]),
    ]),
    keywords: collector.keywords,
    text: collector.text,
    path: [title, ...groups.map(group => group.label)],
    target: pageOf(entityRef, path),
    icon: 'symbol-method',
  };
}

function typeDocument(
  id: string,
  { label, description, children = [] }: CardTreeItem,
  entityRef: string,
  title: string,
): SearchDocument {
  const collector = new TextCollector();
  if (description !== undefined) collector.texts.push(description);
  collector.addItems(children, 1);
  return {
    id,
    title: label,
    keywords: collector.keywords,
    text: collector.text,
    path: [title],
    target: pageOf(entityRef),
    icon: 'symbol-structure',
  };
}

function pageOf(entityRef: string, anchor?: string): LinkTarget {
  const page = { page: 'entity', entityRef, tab: 'api' } as const;
  return { type: 'page', page: anchor === undefined ? page : { ...page, anchor } };
}

/** Collects the searchable texts of an operation or type. */
class TextCollector {
  readonly texts: string[] = [];
  readonly ids: string[] = [];
  #idLabel: string | undefined;
  #words = new Set<string>();

  /**
   * @param idLabel - label of the field with the id in code
   */
  constructor(idLabel?: string) {
    this.#idLabel = idLabel;
  }

  get keywords(): readonly string[] {
    return [...this.#words];
  }

  get text(): string {
    return this.texts.join('\n').slice(0, MAX_TEXT);
  }

  add(content: CardContent, depth: number): void {
    if (content.type === 'sections') {
      for (const section of content.sections) this.add(section.content, depth);
    } else if (content.type === 'text') this.texts.push(content.text);
    else if (content.type === 'tree') this.addItems(content.items, depth);
    else if (content.type === 'fields') {
      for (const { label, value } of content.fields) {
        if (label !== this.#idLabel) continue;
        for (const part of value) if (part.type === 'code') this.ids.push(part.text);
      }
    }
  }

  addItems(items: readonly CardTreeItem[], depth: number): void {
    if (depth >= MAX_DEPTH) return;
    for (const { id, label, children = [] } of items) {
      if (this.#words.size >= MOST_KEYWORDS) return;
      if (id === MORE_ID) continue;
      if (/\s/.test(label)) this.texts.push(label);
      else if (label !== '' && label.length <= MAX_KEYWORD) this.#words.add(label);
      this.addItems(children, depth + 1);
    }
  }
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
