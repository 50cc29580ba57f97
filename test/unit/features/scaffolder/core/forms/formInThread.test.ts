import { describe, expect, test } from 'vitest';
import { emptyForm, TemplateEngine } from '../../../../../../src/features/scaffolder/core';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import type { JsonObject } from '../../../../../../src/model';
import { type Fate, FatefulPool } from '../../../../../support/fatefulPool';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';

const { signal } = new AbortController();

const formOf = (parameters: JsonObject, fates: readonly Fate[] = ['done']) =>
  new TemplateEngine(new FatefulPool(new InMemoryFileSystem({}), fates)).run(
    'form',
    { parameters, state: emptyForm, hosts: defaultRepoHosts },
    signal,
  );

describe('form resolved in a thread', () => {
  const page = { properties: { repo: { type: 'string', 'ui:field': 'RepoUrlPicker' } } };

  test('is returned completely', async () => {
    const form = await formOf(page);
    expect(form.state.values).toEqual({ repo: 'github.com?' });
  });

  test('is stopped after the timeout', async () => {
    await expect(formOf(page, ['timeout'])).rejects.toThrow(
      'The template was stopped because its expressions took too long',
    );
  });

  test('is rejected with too many fields', async () => {
    const properties = Object.fromEntries(
      Array.from({ length: 21_000 }, (_, index) => [`field${index}`, { type: 'string' }]),
    );
    await expect(formOf({ properties })).rejects.toThrow('The form has too many fields');
  });
});
