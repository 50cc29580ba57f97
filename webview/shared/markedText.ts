import { html, type TemplateResult } from 'lit';
import type { MatchedPart } from '../../src/features/portal/protocol';

/** A text with what was searched marked in it. */
export function markedText(parts: readonly MatchedPart[]): readonly (TemplateResult | string)[] {
  return parts.map(({ text, isMatch }) => (isMatch ? html`<mark>${text}</mark>` : text));
}
