import type { FieldPath } from './fieldPath';
import type { TemplateModel, TemplateStep, TemplateValue } from './templateModel';

/** A text of a Template that Backstage renders: what expressions may stand in. */
export interface TemplateText {
  readonly text: string;
  readonly path: FieldPath;
  readonly place: TemplatePlace;
  /** The one that it belongs to; undefined for `output` and `when`. */
  readonly step: TemplateStep | undefined;
}

/** What a text is for: that decides what its expressions know. */
export type TemplatePlace = 'input' | 'if' | 'each' | 'output' | 'when';

/** Whether Backstage finds something to render in a text. */
export function hasTemplate(text: string): boolean {
  return text.includes('${{') || text.includes('{%') || text.includes('{#');
}

/** In the order of steps. Keys are not rendered. */
export function templateTexts(model: TemplateModel): readonly TemplateText[] {
  const texts: TemplateText[] = [];
  for (const { when } of model.pages) {
    if (when) collectTexts(when, { place: 'when', step: undefined }, texts);
  }
  for (const step of model.steps) {
    for (const place of ['if', 'each', 'input'] as const) {
      const written = step[place];
      if (written) collectTexts(written, { place, step }, texts);
    }
  }
  if (model.output) collectTexts(model.output, { place: 'output', step: undefined }, texts);
  return texts;
}

function collectTexts(
  root: TemplateValue,
  belongsTo: Pick<TemplateText, 'place' | 'step'>,
  into: TemplateText[],
): void {
  const ancestors = new Set<unknown>();
  const visit = (value: unknown, path: FieldPath): void => {
    if (typeof value === 'string') into.push({ text: value, path, ...belongsTo });
    // An alias may lead back to what it is part of.
    if (typeof value !== 'object' || value === null || ancestors.has(value)) return;
    ancestors.add(value);
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index]));
    else for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
    ancestors.delete(value);
  };
  visit(root.value, root.path);
}
