import { parseTemplate } from '../expressions/parseTemplate';
import type { ParsedTemplate } from '../expressions/syntax';
import { namesIn, type TemplateNames } from '../expressions/walk';
import { hasTemplate, type TemplateText } from '../templateTexts';

/** A text with expressions, and what stands in it. */
export interface ReadText extends TemplateText {
  readonly parsed: ParsedTemplate;
  readonly names: TemplateNames;
}

export function readTexts(texts: readonly TemplateText[]): readonly ReadText[] {
  return texts
    .filter(({ text }) => hasTemplate(text))
    .map(text => {
      const parsed = parseTemplate(text.text);
      return { ...text, parsed, names: namesIn(parsed) };
    });
}
