import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  backstageActions,
  combinedActions,
  declaredActions,
  documentedActions,
  examplesOfAction,
  knownActions,
} from '../../../../../../src/features/templates/core';
import { sharedMaterial } from '../../../../../support/sharedMaterial';

describe("Backstage's actions", () => {
  it('are those of the scaffolder and its modules, sorted', () => {
    const ids = backstageActions.ids();
    expect(ids).toEqual([...ids].sort());
    expect(ids).toEqual(
      expect.arrayContaining(['catalog:register', 'fetch:template', 'publish:github', 'fs:delete']),
    );
    expect(ids).toEqual(expect.arrayContaining(['publish:gitlab', 'fetch:rails', 'publish:azure']));
  });

  it('have input and output schemas', () => {
    expect(backstageActions.get('fs:rename')).toMatchObject({
      id: 'fs:rename',
      input: { type: 'object', required: ['files'], additionalProperties: false },
    });
    expect(backstageActions.get('publish:github')?.output).toMatchObject({
      properties: { remoteUrl: { type: 'string' } },
    });
  });

  it('have descriptions', () => {
    const { description, input } = documentedActions.get('fs:rename') ?? {};
    expect(description).toBe('Renames files and directories within the workspace');
    expect(input).toMatchObject({
      required: ['files'],
      properties: {
        files: {
          items: {
            properties: { from: { type: 'string', description: expect.stringMatching(/source/i) } },
          },
        },
      },
    });
    // A property with that name isn't a description.
    const publish = documentedActions.get('publish:github')?.input;
    expect(publish).toMatchObject({
      properties: { description: { type: 'string', description: 'Repository Description' } },
    });
    expect(documentedActions.ids()).toEqual(backstageActions.ids());
  });

  it.each(['no:such', 'constructor', '__proto__'])("don't include %s", id => {
    expect(backstageActions.get(id)).toBeUndefined();
    expect(documentedActions.get(id)).toBeUndefined();
    expect(examplesOfAction(id)).toEqual([]);
  });

  it('have examples that use them', () => {
    const withoutExample = backstageActions.ids().filter(id => !examplesOfAction(id).length);
    expect(withoutExample).toEqual(['sentry:fetch:dsn', 'sentry:project:create']);
    const [example] = examplesOfAction('debug:log');
    expect(parse(example?.example ?? '')).toMatchObject({ steps: [{ action: 'debug:log' }] });
  });
});

const api = sharedMaterial('oracle/scaffolder/api', 'Comparison with the actions of a Backstage');

interface Recorded {
  readonly id: string;
  readonly description?: string;
  readonly schema: Readonly<Record<'input' | 'output', RecordedSchema | undefined>>;
}

interface RecordedSchema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, { readonly type?: unknown }>>;
}

const recorded = api
  ? (JSON.parse(readFileSync(join(api, 'actions.json'), 'utf8')) as readonly Recorded[])
  : [];

describe.runIf(api)('actions that a Backstage lists', () => {
  const own = recorded.filter(({ id }) => !id.startsWith('oracle:'));

  it.each(own.map(action => [action.id, action] as const))('include %s', (id, action) => {
    const known = documentedActions.get(id);
    expect(known?.description).toBe(action.description);
    for (const part of ['input', 'output'] as const) {
      expect(shapeOf(known?.[part])).toEqual(shapeOf(action.schema[part]));
    }
  });
});

/** Required properties and types; descriptions differ between versions. */
function shapeOf(schema: RecordedSchema | undefined): unknown {
  const types = Object.entries(schema?.properties ?? {}).map(([name, { type }]) => [name, type]);
  return { required: schema?.required, types };
}

describe('declared actions', () => {
  it.each([
    ['acme:deploy', 'acme:deploy', true],
    ['acme:deploy', 'acme:deploy:all', false],
    ['acme:*', 'acme:deploy:all', true],
    ['acme:*', 'acme', false],
    ['*', 'anything', true],
    ['*:deploy', 'acme:deploy', true],
    ['a*b*c', 'abc', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'ac', false],
    ['ab*ba', 'aba', false],
    ['a.c', 'abc', false],
  ])('%s: %s', (pattern, id, expected) => {
    expect(declaredActions([pattern]).get(id)).toEqual(expected ? { id } : undefined);
  });

  it('list no ids for patterns', () => {
    expect(declaredActions(['b', 'acme:*', 'a']).ids()).toEqual(['a', 'b']);
  });
});

describe('combined actions', () => {
  it('list all ids, and return the first definition', () => {
    const actions = combinedActions([
      { get: id => (id === 'b' ? { id, description: 'first' } : undefined), ids: () => ['b'] },
      declaredActions(['a', 'b']),
    ]);
    expect(actions.ids()).toEqual(['a', 'b']);
    expect(actions.get('b')).toEqual({ id: 'b', description: 'first' });
    expect(actions.get('a')).toEqual({ id: 'a' });
    expect(actions.get('c')).toBeUndefined();
  });
});

it('lists and returns known actions', () => {
  const note = { id: 'acme:note', description: 'Notes', input: { type: 'object' } };
  const registry = combinedActions([backstageActions, knownActions([note, { id: 'acme:a' }])]);
  expect(registry.get('acme:note')).toBe(note);
  expect(registry.get('acme:b')).toBeUndefined();
  expect(knownActions([note, { id: 'acme:a' }]).ids()).toEqual(['acme:a', 'acme:note']);
});
