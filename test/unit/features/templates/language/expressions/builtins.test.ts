import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemplateRenderer } from 'nunjitsu';
import { describe, expect, it } from 'vitest';
import {
  templateFilters,
  templateGlobals,
  templateTests,
} from '../../../../../../src/features/templates/language/expressions/builtins';
import { sharedMaterial } from '../../../../../support/sharedMaterial';

const oracle = sharedMaterial('oracle/scaffolder/api', 'Filters of a real Backstage');

function isUnknown(expression: string): boolean {
  try {
    createTemplateRenderer().render(`\${{ ${expression} }}`, {});
  } catch (error) {
    return /Unknown template (filter|test)/.test(String(error));
  }
  return false;
}

const ours = [...templateFilters.values(), ...templateTests.values(), ...templateGlobals.values()];

describe('filters, tests and globals', () => {
  it.each(
    ours.flatMap(({ example, source }) => (example && source === 'nunjucks' ? [example] : [])),
  )('have examples with correct results: %s returns %s', (expression, result) => {
    const value = createTemplateRenderer().renderValue(`\${{ ${expression} }}`, {});
    expect(value).toEqual(JSON.parse(result));
  });

  it('exist in the engine', () => {
    const filters = [...templateFilters.values()].filter(({ source }) => source === 'nunjucks');
    expect(filters.filter(({ name }) => isUnknown(`'1' | ${name}`))).toEqual([]);
    expect([...templateTests.keys()].filter(name => isUnknown(`1 is ${name}(1)`))).toEqual([]);
    expect([isUnknown('1 | nosuch'), isUnknown('1 is nosuch')]).toEqual([true, true]);
  });

  it.skipIf(!oracle)('include those that Backstage adds', () => {
    const { filters, globals } = JSON.parse(
      readFileSync(join(oracle ?? '', 'templating-extensions.json'), 'utf8'),
    ) as { filters: object; globals: { functions: object; values: object } };
    const added = [...templateFilters.values()].filter(({ source }) => source === 'backstage');
    expect(added.map(({ name }) => name).sort()).toEqual(Object.keys(filters).sort());
    expect([globals.functions, globals.values]).toEqual([{}, {}]);
  });
});
