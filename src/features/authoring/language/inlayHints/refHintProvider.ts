import { type InlayHint, InlayHintKind } from 'vscode-languageserver-types';
import { translate } from '../../../../base';
import { DEFAULT_NAMESPACE } from '../../../../model';
import { flatMapInSlices } from '../../../../platform/core';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { LanguageContext, LanguageProvider } from '../languageProvider';
import { innerSpan, type Mention, refMentionsIn, refParts } from '../mentions/mention';
import { declarationOf } from '../mentions/places';

/**
 * Shows parts of short refs that aren't obvious from their field: the kind if several are allowed, and a namespace
 * other than `default`.
 */
export const refHintProvider: LanguageProvider = {
  inlayHints({ context, text, range, signal }): Promise<readonly InlayHint[]> {
    const start = text.offsetAt(range.start);
    const end = text.offsetAt(range.end);
    const parts = text.parts.filter(placed => placed.start <= end && start <= placed.end);
    return flatMapInSlices(parts, signal, placed =>
      hintsIn(placed, text, context)
        .filter(({ offset }) => start <= offset && offset <= end)
        .map(({ hint }) => hint),
    );
  },
};

interface PlacedHint {
  readonly offset: number;
  readonly hint: InlayHint;
}

function hintsIn(
  placed: PlacedPart,
  text: YamlText,
  context: LanguageContext,
): readonly PlacedHint[] {
  return refMentionsIn(placed, context.catalog.kinds).flatMap(mention => {
    const span = innerSpan(text, mention.scalar);
    const field = mention.written?.field;
    if (!span || !field?.rule || mention.descriptor.isTemplated) return [];
    const { kind, namespace, name } = refParts(mention.scalar.value);
    const hidden = namespace ? '' : hiddenNamespace(mention);
    const label =
      !kind && field.kinds?.length !== 1
        ? // The namespace comes after the kind: one that is written needs no other beside it.
          `${mention.target.kind.toLowerCase()}:${hidden}`
        : hidden;
    if (!label) return [];
    const offset = span.start + (kind ? name.start : 0);
    return [{ offset, hint: hintOf(label, offset, { mention, text, context }) }];
  });
}

function hiddenNamespace({ target: { namespace } }: Mention): string {
  return namespace.toLowerCase() === DEFAULT_NAMESPACE ? '' : `${namespace}/`;
}

function hintOf(
  label: string,
  offset: number,
  {
    mention: { ref },
    text,
    context,
  }: {
    readonly mention: Mention;
    readonly text: YamlText;
    readonly context: LanguageContext;
  },
): InlayHint {
  const place = declarationOf(ref, { context, text });
  return {
    position: text.positionAt(offset),
    kind: InlayHintKind.Type,
    label: [
      {
        value: label,
        tooltip: place ? ref : translate('{0} (not in the catalog)', ref),
        ...(place && { location: { uri: place.file, range: place.nameRange } }),
      },
    ],
  };
}
