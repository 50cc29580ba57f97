import { isRecord } from '../../../base';
import type { FieldValue } from '../../authoring/core/edits';
import type { JsonSchema, TemplateStep } from '../core';
import { expressionPath } from './templateCards';
import { actionOf, type TemplateDocument } from './templateDocument';

/** More are no choice. */
const MAX_VALUES = 3;

/**
 * What may be passed under a name that a step has to pass: what is asked for under the name, what an
 * earlier step gives under it, or a value that there is; else the parameter that there should be.
 */
export function likelyInputs(
  name: string,
  {
    document,
    step,
    schema,
  }: {
    readonly document: TemplateDocument;
    readonly step: TemplateStep;
    readonly schema: JsonSchema;
  },
): readonly FieldValue[] {
  const expressions = [
    ...[...document.model.parameters.named.keys()]
      .filter(other => isAlike(other, name))
      .map(other => ['parameters', other]),
    ...outputsBefore(step, document)
      .filter(([output]) => isAlike(output, name))
      .map(([output, id]) => ['steps', id, 'output', output]),
  ].map(path => `\${{ ${expressionPath(path)} }}`);
  if (expressions.length) return expressions.slice(0, MAX_VALUES);
  const known = [schema['const'], schema['default'], ...listOf(schema['enum'])];
  const texts = known.filter(value => typeof value === 'string');
  if (texts.length) return [...new Set(texts)].slice(0, MAX_VALUES);
  if (name === 'url' && step.action?.startsWith('fetch:')) return ['./skeleton'];
  if (schema['type'] === 'array') return [[]];
  if (schema['type'] === 'object') return [{}];
  return [`\${{ ${expressionPath(['parameters', name])} }}`];
}

/** Of the steps before one, the last first. */
function outputsBefore(
  { index }: TemplateStep,
  document: TemplateDocument,
): readonly (readonly [output: string, id: string])[] {
  const before = document.model.steps.filter(step => step.index < index).reverse();
  return before.flatMap(step => {
    const properties = actionOf(step, document)?.output?.['properties'];
    return isRecord(properties)
      ? Object.keys(properties).map(output => [output, step.id] as const)
      : [];
  });
}

/** `repo_url` and `repo-url` are other ways to write `repoUrl`. */
function isAlike(a: string, b: string): boolean {
  const plain = (text: string): string => text.replace(/[-_]/g, '').toLowerCase();
  return plain(a) === plain(b);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
