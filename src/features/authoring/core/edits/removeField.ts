import { isNode, type Pair, type YAMLMap } from 'yaml';
import { failure, ok, type Result } from '../../../../base';
import {
  editDocument,
  type FieldRefusal,
  type OffsetEdit,
  type ValuePath,
  withPart,
} from './documentEdit';
import { isMarked, pairAt, YamlLayout } from './yamlLayout';

export interface FieldPlace {
  /** 0-based index of the document in its file, empty ones counted. */
  readonly document: number;
  readonly path: ValuePath;
}

/**
 * Returns the edit that removes a field with its lines; undefined if it doesn't exist. All other bytes stay the same.
 * The only field of a block map isn't removed, because the map would become null.
 */
export function removeField(
  text: string,
  { document, path }: FieldPlace,
): Result<OffsetEdit | undefined, FieldRefusal> {
  return editDocument(
    text,
    document,
    ({ root, base }) => {
      const found = pairAt(root, path);
      if (!found.ok) return found;
      if (!found.value) return ok(undefined);
      const { map, pair } = found.value;
      if (isMarked(map) || isMarked(pair.value)) return failure('anchor');
      const layout = new YamlLayout(text, base);
      const edit = map.flow
        ? inBrackets(map, pair, layout, base)
        : inLines(map, pair, layout, base);
      return edit ? ok(edit) : failure('unsafe');
    },
    value => withoutField(value, path),
  );
}

function inLines(
  map: YAMLMap,
  pair: Pair,
  layout: YamlLayout,
  base: number,
): OffsetEdit | undefined {
  const start = startOf(pair, base);
  const indent = layout.indentOf(pair);
  if (map.items.length < 2 || start === undefined || indent === undefined) return undefined;
  const end = layout.endOf(pair);
  return {
    start: start - indent.length,
    end: layout.lineAfter(end) ?? layout.lineEnd(end),
    text: '',
  };
}

/** Removes one of the adjacent commas, too. */
function inBrackets(
  map: YAMLMap,
  pair: Pair,
  layout: YamlLayout,
  base: number,
): OffsetEdit | undefined {
  const index = map.items.indexOf(pair);
  const next = map.items[index + 1];
  const start = startOf(pair, base);
  const previous = map.items[index - 1];
  const end = next ? startOf(next, base) : layout.endOf(pair);
  if (start === undefined || end === undefined) return undefined;
  return { start: !next && previous ? layout.endOf(previous) : start, end, text: '' };
}

function startOf({ key }: Pair, base: number): number | undefined {
  return isNode(key) && key.range ? base + key.range[0] : undefined;
}

/** Returns a copy of a value without the field at a path. */
export function withoutField(value: unknown, path: ValuePath): unknown {
  return withPart(value, path, () => undefined);
}
