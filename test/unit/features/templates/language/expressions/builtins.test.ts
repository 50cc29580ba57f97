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

describe('What every template can use', () => {
  it.each(
    ours.flatMap(({ example, source }) => (example && source === 'nunjucks' ? [example] : [])),
  )('is described by an example that holds: %s gives %s', (expression, result) => {
    const value = createTemplateRenderer().renderValue(`\${{ ${expression} }}`, {});
    expect(value).toEqual(JSON.parse(result));
  });

  it('are filters and tests that the engine has', () => {
    const filters = [...templateFilters.values()].filter(({ source }) => source === 'nunjucks');
    expect(filters.filter(({ name }) => isUnknown(`'1' | ${name}`))).toEqual([]);
    expect([...templateTests.keys()].filter(name => isUnknown(`1 is ${name}(1)`))).toEqual([]);
    expect([isUnknown('1 | nosuch'), isUnknown('1 is nosuch')]).toEqual([true, true]);
  });

  it.skipIf(!oracle)('are the filters and globals that a Backstage adds', () => {
    const { filters, globals } = JSON.parse(
      readFileSync(join(oracle ?? '', 'templating-extensions.json'), 'utf8'),
    ) as { filters: object; globals: { functions: object; values: object } };
    const added = [...templateFilters.values()].filter(({ source }) => source === 'backstage');
    expect(added.map(({ name }) => name).sort()).toEqual(Object.keys(filters).sort());
    expect([globals.functions, globals.values]).toEqual([{}, {}]);
  });
});
