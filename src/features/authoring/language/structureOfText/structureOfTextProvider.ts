import type { SelectionRange } from 'vscode-languageserver-types';
import { flatMapInSlices } from '../../../../platform/core';
import { refsIn } from '../descriptors/writtenRefs';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type {
  LanguageContext,
  LanguageProvider,
  SemanticToken,
  TextRequest,
} from '../languageProvider';
import { innerSpan } from '../mentions/mention';
import { refParts } from '../mentions/refParts';
import { foldingRanges } from './foldingRanges';
import { selectionRange } from './selectionRange';

/** What a text consists of: for folding, for selecting more and more, and for colours. */
export const structureOfTextProvider: LanguageProvider = {
  foldingRanges,

  selectionRange({ context, text, offset }): SelectionRange {
    return selectionRange(text, offset, context.catalog.kinds);
  },

  semanticTokens: refTokens,
};

/** The parts of refs; those that lead nowhere are `unresolved`. */
async function refTokens({
  text,
  context,
  signal,
}: TextRequest): Promise<readonly SemanticToken[]> {
  const tokens = await flatMapInSlices(text.parts, signal, placed =>
    tokensIn(placed, text, context),
  );
  const sorted = tokens.sort((a, b) => a.start - b.start);
  // A field that two rules of relations name has one token.
  return sorted.filter(({ start }, index) => start >= (sorted[index - 1]?.end ?? 0));
}

function tokensIn(
  placed: PlacedPart,
  text: YamlText,
  { catalog }: LanguageContext,
): readonly SemanticToken[] {
  const tokens: SemanticToken[] = [];
  for (const { scalar, targetRef, descriptor } of refsIn(placed, catalog.kinds)) {
    const span = targetRef === undefined ? undefined : innerSpan(text, scalar);
    if (!span || targetRef === undefined || /[\r\n]/.test(scalar.value)) continue;
    // A reference that a template leaves open may lead somewhere once it is filled in.
    const isUnresolved = catalog.isReady && !descriptor.isTemplated && !catalog.has(targetRef);
    const { kind, namespace, name } = refParts(scalar.value);
    const parts = [
      ['type', kind],
      ['namespace', namespace],
      ['class', name],
    ] as const;
    for (const [type, part] of parts) {
      if (!part || part.start === part.end) continue;
      tokens.push({
        start: span.start + part.start,
        end: span.start + part.end,
        type,
        ...(isUnresolved && { modifiers: ['unresolved'] }),
      });
    }
  }
  return tokens;
}
