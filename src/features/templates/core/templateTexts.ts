import { parseTemplate } from './expressions/parseTemplate';
import type { ParsedTemplate } from './expressions/syntax';
import { namesIn, type TemplateNames } from './expressions/walk';
import type { FieldPath } from './fieldPath';
import type { TemplateModel, TemplateStep, TemplateValue } from './templateModel';

/** A text of a Template that Backstage renders. */
export interface TemplateText {
  readonly text: string;
  readonly path: FieldPath;
  readonly place: TemplatePlace;
  /** Step of the text. Undefined for `output` and `when`. */
  readonly step: TemplateStep | undefined;
}

/** Kind of field, which determines the variables of its expressions. */
export type TemplatePlace = 'input' | 'if' | 'each' | 'output' | 'when';

/** Whether a text has template syntax. */
export function hasTemplate(text: string): boolean {
  return text.includes('${{') || text.includes('{%') || text.includes('{#');
}

/** Rendered texts in the order of the steps. Keys are not rendered. */
export function templateTexts(model: TemplateModel): readonly TemplateText[] {
  return renderedValues(model).flatMap(textsIn);
}

/** The text at a path. Undefined if it isn't rendered. */
export function templateTextAt(model: TemplateModel, path: FieldPath): TemplateText | undefined {
  const begins = (start: FieldPath): boolean =>
    start.every((segment, index) => segment === path[index]);
  return renderedValues(model)
    .filter(({ root }) => begins(root.path))
    .flatMap(textsIn)
    .find(text => text.path.length === path.length && begins(text.path));
}

/** A value whose texts are rendered. */
interface RenderedValue extends Pick<TemplateText, 'place' | 'step'> {
  readonly root: TemplateValue;
}

function renderedValues(model: TemplateModel): readonly RenderedValue[] {
  const values: RenderedValue[] = [];
  for (const { when } of model.pages) {
    if (when) values.push({ root: when, place: 'when', step: undefined });
  }
  for (const step of model.steps) {
    for (const place of ['if', 'each', 'input'] as const) {
      const root = step[place];
      if (root) values.push({ root, place, step });
    }
  }
  if (model.output) values.push({ root: model.output, place: 'output', step: undefined });
  return values;
}

function textsIn({ root, place, step }: RenderedValue): readonly TemplateText[] {
  const texts: TemplateText[] = [];
  const ancestors = new Set<unknown>();
  const visit = (value: unknown, path: FieldPath): void => {
    if (typeof value === 'string') texts.push({ text: value, path, place, step });
    // An alias may refer to one of its ancestors.
    if (typeof value !== 'object' || value === null || ancestors.has(value)) return;
    ancestors.add(value);
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index]));
    else for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
    ancestors.delete(value);
  };
  visit(root.value, root.path);
  return texts;
}

/** A text with its parsed expressions. */
export interface ParsedText extends TemplateText {
  readonly parsed: ParsedTemplate;
  readonly names: TemplateNames;
}

export function parseTexts(texts: readonly TemplateText[]): readonly ParsedText[] {
  return texts
    .filter(({ text }) => hasTemplate(text))
    .map(text => {
      const parsed = parseTemplate(text.text);
      return { ...text, parsed, names: namesIn(parsed) };
    });
}
