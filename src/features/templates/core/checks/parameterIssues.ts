import { isRecord } from '../../../../base';
import { nearNames } from '../../../../platform/core';
import { schemaProperties, type SchemaProperty } from '../schemaProperties';
import type { TemplateModel } from '../templateModel';
import type { ParsedText } from '../templateTexts';
import { isCustomField } from './customFields';
import { type TemplateIssue, withSuggestions } from './templateIssue';

/** Reports problems in the form. */
export function parameterIssues(
  texts: readonly ParsedText[],
  model: TemplateModel,
): readonly TemplateIssue[] {
  return [...unknownRequired(model), ...unused(texts, model)];
}

/**
 * Reports pages that require a parameter that neither they nor earlier pages have. They can't be completed.
 * Source: `Stepper` of `plugins/scaffolder-react`, whose pages share their values.
 */
function unknownRequired({ pages }: TemplateModel): readonly TemplateIssue[] {
  return pages.flatMap((page, index) => {
    if (!page.required.length) return [];
    const { named, isOpen } = schemaProperties(pages.slice(0, index + 1));
    if (isOpen) return [];
    return page.required
      .filter(({ name }) => !named.has(name))
      .map(({ name, path }) => {
        const message = `The page requires "${name}", but has no field for it`;
        const details = withSuggestions(message, nearNames(name, named.keys()));
        return { code: 'unknown-required-parameter', ...details, path, at: 'value' } as const;
      });
  });
}

function unused(texts: readonly ParsedText[], model: TemplateModel): readonly TemplateIssue[] {
  if (model.hasUnknownSteps || texts.some(({ parsed }) => parsed.errors.length)) return [];
  const used = new Set<string>();
  for (const { names } of texts) {
    for (const { names: path, binding } of names.paths) {
      const [root, first] = path;
      if (binding || (root.name !== 'parameters' && root.name !== 'secrets')) continue;
      // Every parameter is passed on, or one by a dynamic name.
      if (!first && root.name === 'parameters') return [];
      if (first) used.add(first.name);
    }
  }
  for (const page of model.pages) addControls(page.schema, used);
  const issues: TemplateIssue[] = [];
  for (const property of model.parameters.named.values()) {
    if (used.has(property.name) || !isFilledIn(property)) continue;
    const [first] = property.definitions;
    if (!first) continue;
    const message = `Parameter ${property.name} is never used`;
    issues.push({ code: 'unused-parameter', message, path: first.path, at: 'key' });
  }
  return issues;
}

/** Whether the user fills in the parameter for the steps. */
function isFilledIn({ definitions, name }: SchemaProperty): boolean {
  return (
    !name.startsWith('$') &&
    definitions.every(({ schema }) => {
      if (!isRecord(schema) || schema['type'] === 'null') return false;
      // A custom field may only display something.
      return !isCustomField(schema) && schema['ui:widget'] !== 'hidden';
    })
  );
}

/** Adds the parameters that conditions depend on, or that fields refer to. */
function addControls(page: unknown, used: Set<string>): void {
  const seen = new Set<unknown>();
  const visit = (value: unknown, isCondition: boolean): void => {
    if (typeof value === 'string') {
      for (const [, name] of value.matchAll(/\b(?:parameters|formData|formContext)\.(\w+)/g)) {
        if (name !== undefined) used.add(name);
      }
    }
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) {
      for (const item of value) visit(item, isCondition);
      return;
    }
    const { properties, dependencies } = value as Record<string, unknown>;
    for (const named of [isCondition && properties, dependencies]) {
      if (isRecord(named)) for (const key of Object.keys(named)) used.add(key);
    }
    for (const [key, item] of Object.entries(value)) visit(item, key === 'if');
  };
  visit(page, false);
}
