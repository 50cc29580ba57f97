import { describe, expect, it } from 'vitest';
import { appConfigs } from '../../../../../../src/features/catalog/core';
import { upgradeRules } from '../../../../../../src/model/releases';
import { at } from '../../../../../support/testCatalog';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';
import { openCatalog } from '../../../../../support/testCatalog';

const TEMPLATE = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: service
spec:
  type: service
  EXPERIMENTAL_formDecorators: []
  steps:
    - action: github:repo:create
      input: { repoUrl: github.com?owner=a&repo=b, sourcePath: . }
    - action: github:issues:create
      input: { repoUrl: github.com?owner=a&repo=b, title: Hello }
`;

const messages = async (files: Readonly<Record<string, string>>, version?: string) => {
  const options = version === undefined ? {} : { options: { backstageVersion: version } };
  const catalog = await openCatalog(files, options);
  return catalog.problems().map(({ code, message }) => `${code}: ${message}`);
};

const readAppConfigProblems = async (text: string, release?: string) => {
  const fileSystem = new InMemoryFileSystem({ '/work/app-config.yaml': text });
  const problems = await appConfigs.validateAppConfig(at('app-config.yaml'), {
    fileSystem,
    environment: new Map(),
    kinds: [],
    release,
  });
  return problems.map(
    ({ code, message, range: { start } }) => `${code} ${start.line}:${start.character}: ${message}`,
  );
};

describe('Release of a Backstage', () => {
  it('is the latest one by default', async () => {
    expect(await messages({ 'template.yaml': TEMPLATE })).toEqual([
      'deprecated-field: EXPERIMENTAL_formDecorators is deprecated since Backstage 1.51: use formDecorators',
      'invalid-action-input: Invalid input passed to action github:repo:create, instance is not allowed to have the additional property "sourcePath"',
    ]);
  });

  it.each([
    ['the setting', {}, '1.42'],
    ['backstage.json', { 'backstage.json': '{ "version": "1.42.1" }' }, undefined],
    ['the setting, before backstage.json', { 'backstage.json': '{ "version": "1.57.0" }' }, '1.42'],
  ])('is that of %s', async (_, files, version) => {
    expect(await messages({ 'template.yaml': TEMPLATE, ...files }, version)).toEqual([
      'unsupported-field: github:issues:create needs Backstage 1.43, but this Backstage is 1.42',
    ]);
  });

  it('counts as the latest one if backstage.json has no version', async () => {
    const files = { 'template.yaml': TEMPLATE, 'backstage.json': '{ "version": ' };
    expect(await messages(files)).toHaveLength(2);
  });

  it('applies as soon as backstage.json changes', async () => {
    const catalog = await openCatalog({
      'template.yaml': TEMPLATE,
      'backstage.json': '{ "version": "1.42.0" }',
    });
    expect(catalog.codes()).toEqual(['unsupported-field']);
    await catalog.write({ 'backstage.json': '{ "version": "1.56.0" }' });
    expect(catalog.codes()).toEqual(['deprecated-field', 'invalid-action-input']);
  });

  it('reports fields that it does not know yet', async () => {
    const text = TEMPLATE.replace('EXPERIMENTAL_formDecorators', 'formDecorators');
    expect((await messages({ 'template.yaml': text }, '1.42'))[0]).toBe(
      'unsupported-field: formDecorators needs Backstage 1.51, but this Backstage is 1.42',
    );
  });

  const removedFields = [
    ['Component', 'implementsApis', 'use providesApis'],
    ['Group', 'ancestors', ''],
    ['Group', 'descendants', ''],
  ] as const;

  it('tests the fields of all kinds other than Template', () => {
    const fields = upgradeRules.flatMap(({ target }) =>
      target.type === 'field' && target.kind !== 'Template'
        ? [[target.kind, target.path.at(-1)]]
        : [],
    );
    expect(fields).toEqual(removedFields.map(([kind, field]) => [kind, field]));
  });

  it.each(removedFields)('reports removed fields of a %s: %s', async (kind, field, advice) => {
    const text = `apiVersion: backstage.io/v1alpha1
kind: ${kind}
metadata: { name: a }
spec: { type: service, lifecycle: x, owner: user:u, children: [], ${field}: [] }
`;
    expect(await messages({ 'a.yaml': text })).toContainEqual(
      expect.stringContaining(
        `deprecated-field: ${field} is deprecated since Backstage 1.0: ${advice}`,
      ),
    );
  });

  it('reports settings of an app-config', async () => {
    const text = 'integrations:\n  azure:\n    - host: dev.azure.com\n      token: x\n';
    expect(await readAppConfigProblems(text)).toEqual([
      'deprecated-field 3:6: token is deprecated since Backstage 1.18: use credentials',
    ]);
    expect(await readAppConfigProblems(text, '1.17')).toEqual([]);
  });
});
