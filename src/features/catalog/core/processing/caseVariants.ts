import { ANNOTATION_LOCATION, ANNOTATION_ORIGIN_LOCATION, type Entity } from '../../../../model';
import type { FieldPath } from '../ingest/yaml/yamlDocument';
import { SPECIAL_KEYS } from '../query/specialKeys';

export interface CaseVariants {
  readonly message: string;
  /** Path of the second key of the first pair. */
  readonly path: FieldPath;
}

/** Keys of every entity in the search table, regardless of its content. */
const GIVEN_KEYS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  `metadata.annotations.${ANNOTATION_LOCATION}`,
  `metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`,
];

/**
 * Finds keys of an entity that differ only in case. Backstage can't add such an entity to its
 * search table and never shows it. Keys are the paths of all leaves; a string in a list is a key
 * too (`metadata.tags.java`).
 *
 * Source: `traverse` and `buildEntitySearch` of `plugins/catalog-backend`, message included.
 */
export function findCaseVariants(entity: Entity): CaseVariants | undefined {
  if (cannotVary(entity)) return undefined;
  const spellings = new Map(GIVEN_KEYS.map(key => [key, key]));
  const variants = new Map<string, FieldPath>();
  const items = new Set<string>();

  function add(key: string, path: FieldPath): void {
    const lower = key.toLowerCase();
    const first = spellings.get(lower);
    if (first === undefined) spellings.set(lower, key);
    else if (first !== key && !variants.has(lower)) variants.set(lower, path);
  }

  function visit(key: string, value: unknown, path: FieldPath): void {
    if (SPECIAL_KEYS.has(key)) return;
    if (typeof value !== 'object' || value === null) {
      add(key, path);
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        visit(key, item, [...path, index]);
        if (typeof item !== 'string') continue;
        const itemKey = `${key}.${item}`;
        const lower = itemKey.toLowerCase();
        if (items.has(lower)) continue;
        items.add(lower);
        add(itemKey, [...path, index]);
      }
    } else {
      for (const [name, item] of Object.entries(value)) {
        visit(key ? `${key}.${name}` : name, item, [...path, name]);
      }
    }
  }

  visit('', entity, []);
  const [path] = variants.values();
  if (!path) return undefined;
  return {
    message: `Entity has duplicate keys that vary only in casing, '${[...variants.keys()].join("', '")}'`,
    path,
  };
}

/**
 * Whether an entity certainly has no case variants, which avoids the full search: two paths that
 * differ only in case have a segment that differs only in case, one of them with a capital letter.
 */
function cannotVary(entity: Entity): boolean {
  const texts = [...GIVEN_KEYS];
  collectTexts(entity, texts);
  const capitals = new Map<string, string>();
  /** Bit mask of their lengths, which excludes nearly all other segments without extracting them. */
  let lengths = 0;
  for (const text of texts) {
    const letters = lettersOf(text);
    if (letters === 'small') continue;
    // The lowercase of other letters depends on their context.
    if (letters === 'foreign') return false;
    for (const segment of text.split('.')) {
      const lower = segment.toLowerCase();
      if ((capitals.get(lower) ?? segment) !== segment) return false;
      capitals.set(lower, segment);
      lengths |= lengthBit(segment.length);
    }
  }
  if (!capitals.size) return true;
  for (const text of texts) {
    for (let start = 0; start <= text.length;) {
      const dot = text.indexOf('.', start);
      const end = dot < 0 ? text.length : dot;
      if (lengths & lengthBit(end - start)) {
        const segment = text.slice(start, end);
        if ((capitals.get(segment) ?? segment) !== segment) return false;
      }
      start = end + 1;
    }
  }
  return true;
}

function lengthBit(length: number): number {
  return 1 << (length % 32);
}

/** Classifies letters. A loop is faster than a pattern for short texts. */
function lettersOf(text: string): 'small' | 'capital' | 'foreign' {
  let hasCapitals = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return 'foreign';
    if (code >= 0x41 && code <= 0x5a) hasCapitals = true;
  }
  return hasCapitals ? 'capital' : 'small';
}

/** Collects the parts of all paths: keys, and strings in lists. */
function collectTexts(value: object, texts: string[]): void {
  if (Array.isArray(value)) {
    for (const item of value) {
      if (typeof item === 'string') texts.push(item);
      else if (typeof item === 'object' && item !== null) collectTexts(item as object, texts);
    }
    return;
  }
  for (const key of Object.keys(value)) {
    texts.push(key);
    const item: unknown = (value as Record<string, unknown>)[key];
    if (typeof item === 'object' && item !== null) collectTexts(item, texts);
  }
}
