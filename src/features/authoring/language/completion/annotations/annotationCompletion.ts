import { CompletionItemKind, InsertTextFormat } from 'vscode-languageserver-types';
import { isMap } from 'yaml';
import { textsIn, translate } from '../../../../../base';
import { refAnnotations, wellKnownAnnotation } from '../../../../../model/annotations';
import { TECHDOCS_REF } from '../../../../../model/presentation';
import { annotationDoc, annotationDocs, annotationMarkdown } from '../../annotationDocs';
import type { DeclaredTerm } from '../../../../../model/validation';
import { nodeAt } from '../../documents/cursor';
import type { CompletionItems } from '../../languageProvider';
import type { CompletionPlace } from '../completionPlace';
import { docsFolders } from '../paths/folders';
import { type OfferedValue, SUGGEST_NEXT, valueItems, timesUsed } from '../valueItems';
import { inSnippet, plainOrQuoted, snippetChoice } from '../yamlScalars';

/** Returns the fixed or usual values of an annotation; none if it is free text. */
function annotationChoices(key: string, declared?: DeclaredTerm): readonly string[] {
  const values = termValues(declared);
  if (values.length) return values;
  const known = wellKnownAnnotation(key);
  if (known?.format === 'boolean') return ['true', 'false'];
  return known?.values ?? [];
}

/** Whether authors write an annotation: not one that the catalog sets, that is obsolete, or that is for other kinds. */
function isForAuthors(key: string, kind: string | undefined): boolean {
  const known = wellKnownAnnotation(key);
  if (!known) return true;
  if (known.isWrittenByBackstage || known.deprecated) return false;
  return !known.kinds || kind === undefined || known.kinds.includes(kind);
}

/** Completes annotation keys with an initial value; those that the organization uses come first. */
export function completeAnnotationKeys(place: CompletionPlace): CompletionItems | undefined {
  const { site, descriptor } = place;
  if (!descriptor || site.at !== 'key') return undefined;
  if (site.path.join('.') !== 'metadata.annotations') return undefined;
  const written = writtenKeys(place);
  const terms = place.request.context.catalog.kinds.terms.annotations;
  const declared = new Map(terms.map(term => [term.name, term]));
  const keys = [
    ...new Set([...declared.keys(), ...keysInUse(place), ...annotationDocs.map(({ key }) => key)]),
  ];
  return valueItems(
    place,
    keys
      .filter(key => !written.has(key) && isForAuthors(key, descriptor.kind))
      .map((key): OfferedValue => {
        const term = declared.get(key);
        if (term) return { ...termItem(term), changes: keyChanges(place, key, term) };
        const doc = annotationDoc(key);
        return {
          value: key,
          detail: doc ? doc.title : translate('Used in this organization'),
          kind: CompletionItemKind.Property,
          ...(doc && { documentation: { kind: 'markdown', value: annotationMarkdown(doc) } }),
          changes: keyChanges(place, key),
        };
      }),
  );
}

/** Completes keys of labels: those that the catalog's model declares. */
export function completeLabelKeys(place: CompletionPlace): CompletionItems | undefined {
  const { site, descriptor, request } = place;
  if (!descriptor || site.at !== 'key') return undefined;
  if (site.path.join('.') !== 'metadata.labels') return undefined;
  const written = writtenKeys(place);
  const { labels } = request.context.catalog.kinds.terms;
  return valueItems(
    place,
    labels
      .filter(({ name }) => !written.has(name))
      .map(term => ({ ...termItem(term), changes: keyChanges(place, term.name, term) })),
  );
}

/** Completes values of labels that the catalog's model declares. */
export function completeLabelValues(place: CompletionPlace): CompletionItems | undefined {
  const { site, descriptor, request } = place;
  const [root, parent, key] = site.path;
  if (!descriptor || site.at !== 'value' || site.path.length !== 3) return undefined;
  if (root !== 'metadata' || parent !== 'labels') return undefined;
  const { labels } = request.context.catalog.kinds.terms;
  const values = termValues(labels.find(({ name }) => name === key));
  return valueItems(
    place,
    values.map(value => ({ value })),
  );
}

/** Returns an item for an annotation, a label or a tag of the catalog's model. */
export function termItem(term: DeclaredTerm): OfferedValue {
  return {
    value: term.name,
    detail: term.title ?? 'Your catalog model',
    kind: CompletionItemKind.Property,
    documentation: { kind: 'plaintext', value: term.description },
  };
}

/** Returns the values that the schema of a term allows, if it lists them. */
function termValues(term: DeclaredTerm | undefined): readonly string[] {
  const listed = term?.schema?.['enum'];
  return textsIn(listed);
}

/** Returns the keys of the current map, without the one being typed. */
function writtenKeys({ site }: CompletionPlace): ReadonlySet<string> {
  const node = nodeAt(site.placed, site.path);
  if (!isMap(node)) return new Set();
  const { start, part } = site.placed;
  const isHere = (key: unknown): boolean => {
    const [from = -1, to = -1] = part.spanOf(key) ?? [];
    return start + from <= site.end && site.start <= start + to;
  };
  return new Set(node.items.filter(({ key }) => !isHere(key)).map(({ key }) => String(key)));
}

function keysInUse({ request, descriptor }: CompletionPlace): readonly string[] {
  const counts = new Map<string, number>();
  for (const { kind, annotations } of request.context.catalog.entities()) {
    if (!annotations) continue;
    // Annotations of entities of the same kind are the likeliest.
    const weight = kind === descriptor?.kind ? 10 : 1;
    for (const key of Object.keys(annotations)) counts.set(key, (counts.get(key) ?? 0) + weight);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([key]) => key);
}

/** Inserts the key alone if a colon follows. */
function keyChanges(
  { site, request }: CompletionPlace,
  key: string,
  declared?: DeclaredTerm,
): OfferedValue['changes'] {
  const after = request.text.text.slice(site.end, site.end + 2);
  if (/^["']?:/.test(after)) return { newText: key };
  const closing = site.quote ?? '';
  if (site.quote && after.startsWith(site.quote)) return { newText: key };
  const isRef = holdsRef(key);
  return {
    newText: `${inSnippet(key)}${closing}: ${isRef ? '$1' : valueSnippet(key, declared)}`,
    insertTextFormat: InsertTextFormat.Snippet,
    ...((isRef || !(declared ?? annotationDoc(key))) && { command: SUGGEST_NEXT }),
  };
}

function holdsRef(key: string): boolean {
  return refAnnotations.some(known => known.key === key);
}

function valueSnippet(key: string, declared?: DeclaredTerm): string {
  const choices = annotationChoices(key, declared);
  if (choices.length) return snippetChoice(1, choices.map(plainOrQuoted));
  const example = annotationDoc(key)?.example;
  return example === undefined ? '$1' : `\${1:${inSnippet(plainOrQuoted(example))}}`;
}

/** Completes values of an annotation: known ones, and those that several entities share. */
export async function completeAnnotationValues(
  place: CompletionPlace,
): Promise<CompletionItems | undefined> {
  const { site, descriptor } = place;
  const [root, parent, key] = site.path;
  if (!descriptor || site.at !== 'value' || site.path.length !== 3) return undefined;
  if (root !== 'metadata' || parent !== 'annotations' || typeof key !== 'string') return undefined;
  if (holdsRef(key)) return undefined;
  const { annotations } = place.request.context.catalog.kinds.terms;
  const declared = annotations.find(({ name }) => name === key);
  const values = annotationChoices(key, declared).map((value): OfferedValue => ({ value }));
  if (key === TECHDOCS_REF) {
    const folders = await docsFolders(place.request);
    values.push(
      { value: 'dir:.', detail: translate('Folder of this file') },
      ...folders.map(value => ({ value, detail: translate('Contains an mkdocs.yml') })),
    );
  } else if (key === 'backstage.io/source-location') {
    values.push({ value: 'url:', detail: translate('URL; end a folder with a slash') });
  }
  return valueItems(place, [...values, ...namedValues(place, key), ...sharedValues(place, key)]);
}

/** The maximum number of naming patterns. */
const MAX_PATTERNS = 3;

/**
 * Returns values derived from the entity's name by patterns of other entities: `acme/shop` for `shop`, if `cart` has
 * `acme/cart`.
 */
function namedValues({ request, descriptor }: CompletionPlace, key: string): OfferedValue[] {
  const own = descriptor?.isTemplated === false ? descriptor.name : undefined;
  if (!own) return [];
  const patterns = new Map<string, { before: string; after: string; count: number }>();
  for (const { annotations, name, ref } of request.context.catalog.entities()) {
    if (!annotations || ref === descriptor?.ref || !Object.hasOwn(annotations, key)) continue;
    const [before, after, ...more] = (annotations[key] ?? '').split(name);
    if (before === undefined || after === undefined || more.length) continue;
    // The name is part of a longer one.
    if (/[\w.]$/.test(before) || /^[\w-]/.test(after)) continue;
    const pattern = `${before}\0${after}`;
    const { count } = patterns.get(pattern) ?? { count: 0 };
    patterns.set(pattern, { before, after, count: count + 1 });
  }
  return [...patterns.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, MAX_PATTERNS)
    .map(({ before, after }) => ({
      value: `${before}${own}${after}`,
      detail: translate('Based on the entity name, like others'),
    }));
}

function sharedValues({ request }: CompletionPlace, key: string): readonly OfferedValue[] {
  const counts = new Map<string, number>();
  for (const { annotations } of request.context.catalog.entities()) {
    if (!annotations || !Object.hasOwn(annotations, key)) continue;
    const value = annotations[key];
    if (value !== undefined && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .filter(([value, count]) => count > 1 && !/\{[{%#]/.test(value))
    .sort((a, b) => b[1] - a[1])
    .map(([value, count]) => ({ value, detail: timesUsed(count) }));
}
