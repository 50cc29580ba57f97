import { html, type TemplateResult } from 'lit';
import type { CardContent } from '../../../src/api';
import type { LinkContext } from '../links';
import './CodeView';

/** Text as it is written, which can be copied. */
export function codeContent(
  { text, language, firstLine, source }: Extract<CardContent, { type: 'code' }>,
  context: LinkContext,
): TemplateResult {
  return html`<callboard-code
    .text=${text}
    .language=${language}
    .firstLine=${firstLine ?? 0}
    .source=${source}
    .context=${context}
  ></callboard-code>`;
}
