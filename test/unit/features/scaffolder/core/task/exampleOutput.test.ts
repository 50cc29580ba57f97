import { expect, it } from 'vitest';
import { exampleOutput } from '../../../../../../src/features/scaffolder/core/task/exampleOutput';

it('has an example of every property', () => {
  const properties = {
    text: { type: 'string' },
    count: { type: 'number' },
    isNew: { type: 'boolean' },
    list: { type: 'array', items: { type: 'string' } },
    tuple: { type: 'array', items: [{ type: 'number' }] },
    any: { type: 'array' },
    nested: { type: 'object' },
    given: { type: 'string', examples: ['main', 'other'] },
    empty: { type: 'string', examples: [] },
    other: {},
    invalid: true,
  };
  expect(exampleOutput({ type: 'object', properties })).toEqual({
    text: '<example>',
    count: 0,
    isNew: false,
    list: ['<example>'],
    tuple: [0],
    any: [],
    nested: {},
    given: 'main',
    empty: null,
    other: '<unknown>',
    invalid: '<unknown>',
  });
});

it('is empty without a schema of an object', () => {
  expect(exampleOutput(undefined)).toEqual({});
  expect(exampleOutput({ type: 'string' })).toEqual({});
});
