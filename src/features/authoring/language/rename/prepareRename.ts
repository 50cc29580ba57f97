import { failure, ok, type Range, type Result, translate } from '../../../../base';
import { stringifyEntityRef } from '../../../../model';
import { descriptorOf } from '../descriptors/descriptor';
import { refFieldAt, refTarget } from '../descriptors/writtenRefs';
import { writtenScalar } from '../documents/cursor';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { LanguageContext } from '../languageProvider';
import { refParts } from '../mentions/mention';
import { pathOf, textOf } from './documentEdits';
import { documentsOf, type Leaf, leavesOf, valueSpan } from './leaves';
import { isReadOnly } from './planBuilder';

/** An entity's name in a text, to be edited in place. */
export interface PreparedRename {
  /** The range of the name alone, without quotes, kind and namespace. */
  readonly range: Range;
  /** The name. */
  readonly placeholder: string;
  /** Full and lowercase. */
  readonly ref: string;
}

/**
 * Returns the entity to rename at a place of an open text; as an error, the reason why there is none, as a sentence.
 */
export function prepareRename(
  context: LanguageContext,
  text: YamlText,
  offset: number,
): Result<PreparedRename, string> {
  const found = nameAt(context, text, offset);
  if (!found) return failure(nothingHere());
  const { ref, isTemplated, placed, leaf } = found;
  if (isTemplated) return failure(translate("Can't rename in a template of a descriptor."));
  const { catalog } = context;
  if (!catalog.isReady) return failure(translate('The catalog is still loading.'));
  const entity = catalog.get(ref);
  const isHere = documentsOf(text).some(
    ({ part }) => descriptorOf(part, catalog.kinds)?.ref === ref,
  );
  const [failed] = catalog.failed(ref);
  if (!entity && !failed && !isHere) return failure(translate('{0} is not in the catalog.', ref));
  if (entity && entity.file === undefined && !isHere) {
    return failure(translate("{0} isn't defined in a file, so it can't be changed.", ref));
  }
  if (isReadOnly(entity?.file ?? (isHere ? undefined : failed?.file) ?? text.uri, context)) {
    return failure(translate('{0} is in a read-only file.', ref));
  }
  const value = textOf(leaf) ?? '';
  // An invalid name may look like a ref.
  const isName = pathOf(leaf) === 'metadata.name';
  const { start, end } = isName ? { start: 0, end: value.length } : refParts(value).name;
  const name = value.slice(start, end);
  const aliasSpan = leaf.alias && placed.part.spanOf(leaf.alias);
  if (aliasSpan) {
    const range = text.rangeAt(placed.start + aliasSpan[0], placed.start + aliasSpan[1]);
    return ok({ range, placeholder: name, ref });
  }
  const scalar = writtenScalar(placed, leaf.scalar);
  const span = valueSpan(text, scalar);
  const range = span
    ? text.rangeAt(span.start + start, span.start + end)
    : text.rangeAt(scalar.start, scalar.end);
  const { line } = text.positionAt(offset);
  // The first line of a block scalar has none of the name, so editors reject it.
  if (line < range.start.line || range.end.line < line) return failure(nothingHere());
  return ok({ range, placeholder: name, ref });
}

function nothingHere(): string {
  return translate('Select the name of an entity or a ref to rename it.');
}

interface NamePlace {
  readonly placed: PlacedPart;
  readonly leaf: Leaf;
  readonly ref: string;
  readonly isTemplated: boolean;
}

function nameAt(
  { catalog: { kinds } }: LanguageContext,
  text: YamlText,
  offset: number,
): NamePlace | undefined {
  for (const placed of documentsOf(text)) {
    if (offset < placed.start || offset > placed.end) continue;
    const descriptor = descriptorOf(placed.part, kinds);
    if (!descriptor) continue;
    for (const leaf of leavesOf(placed) ?? []) {
      const span = placed.part.spanOf(leaf.alias ?? leaf.scalar);
      if (!span || offset < placed.start + span[0] || offset > placed.start + span[1]) continue;
      const { ref, name, isTemplated } = descriptor;
      if (pathOf(leaf) === 'metadata.name' && ref !== undefined && textOf(leaf) === name) {
        return { placed, leaf, ref, isTemplated };
      }
      const field = refFieldAt(leaf.path, descriptor, kinds);
      const target = field && refTarget(textOf(leaf) ?? '', field);
      if (target) return { placed, leaf, ref: stringifyEntityRef(target), isTemplated };
    }
  }
  return undefined;
}
