import { describe, expect, it } from 'vitest';
import type { ScaffolderAction, TemplateProvider, TemplateRunResult } from '../../../../../src/api';
import { silentLogger } from '../../../../../src/base';
import {
  ScaffolderEngine,
  type ScaffolderEngineDeps,
} from '../../../../../src/features/scaffolder/core';
import { defaultRepoHosts } from '../../../../../src/features/scm/core/forges';
import { FatefulPool } from '../../../../support/fatefulPool';
import { at, openCatalog, type TestCatalog } from '../../../../support/testCatalog';

const template = (
  name: string,
  steps: string,
): string => `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: ${name}
  title: Make ${name}
  tags: [fast]
spec:
  owner: team-a
  type: service
  parameters:
    required: [name]
    properties:
      name: { type: string, pattern: '^[a-z-]+$' }
  steps:
${steps}
`;

const fetchStep = `    - id: fetch
      action: fetch:template
      input: { url: ./skeleton, values: { name: '\${{ parameters.name }}', me: '\${{ user.ref }}' } }`;

interface Made {
  readonly catalog: TestCatalog;
  readonly engine: ScaffolderEngine;
}

async function engineOn(
  files: Readonly<Record<string, string>>,
  contributed: readonly ScaffolderAction[] = [],
  provided: readonly TemplateProvider[] = [],
  described: ReturnType<ScaffolderEngineDeps['described']> = [],
): Promise<Made> {
  const catalog = await openCatalog(files);
  catalog.files.write('/callboard/templates/own/template.yaml', template('own', fetchStep));
  catalog.files.write('/callboard/templates/own/skeleton/x.txt', 'x');
  const engine = new ScaffolderEngine({
    catalog: catalog.engine,
    fileSystem: catalog.files,
    clock: catalog.clock,
    logger: silentLogger,
    workers: new FatefulPool(catalog.files, ['done']),
    contributed: () => contributed,
    provided: () => provided,
    described: () => described,
    shipped: 'file:///callboard/templates',
    repositoryOf: () => Promise.resolve('file:///work'),
    userRef: () => 'user:default/ada',
    settings: () =>
      Promise.resolve({
        hosts: new Map([...defaultRepoHosts, ['ghe.acme.org', 'github']]),
        environment: { parameters: { region: 'north' }, secrets: { key: 'tr0ub4dor' } },
      }),
  });
  return { catalog, engine };
}

const texts = ({ files }: TemplateRunResult): Readonly<Record<string, string>> =>
  Object.fromEntries(files.map(({ path, content }) => [path, new TextDecoder().decode(content)]));

const service = {
  'template.yaml': template('service', fetchStep),
  'skeleton/${{ values.name }}.txt': '${{ values.name }} of ${{ values.me }}',
};

const { signal } = new AbortController();
const input = { values: { name: 'shop' }, secrets: {} };

describe('ScaffolderEngine', () => {
  it('lists templates of the catalog and included ones', async () => {
    const { engine } = await engineOn(service);
    expect(await engine.getTemplates()).toMatchObject([
      { ref: 'template:default/own', isShipped: true },
      {
        ref: 'template:default/service',
        title: 'Make service',
        type: 'service',
        tags: ['fast'],
        owner: 'group:default/team-a',
        file: at('template.yaml'),
        isShipped: false,
      },
    ]);
  });

  it('prefers a template of the catalog over an included one of the same name', async () => {
    const { engine } = await engineOn({ 'template.yaml': template('own', fetchStep) });
    expect(await engine.getTemplates()).toMatchObject([{ isShipped: false }]);
  });

  const acme = (...files: readonly string[]): TemplateProvider => ({
    id: 'acme.templates',
    title: 'Acme',
    folder: 'file:///plugins/acme',
    getFiles: () => Promise.resolve(files.map(file => `file:///plugins/${file}`)),
  });

  it('offers and runs templates of plugins', async () => {
    const { engine, catalog } = await engineOn(service, [], [acme('acme/tool/template.yaml')]);
    catalog.files.write('/plugins/acme/tool/template.yaml', template('tool', fetchStep));
    catalog.files.write('/plugins/acme/tool/skeleton/tool.txt', '${{ values.name }}');
    const templates = await engine.getTemplates();
    expect(templates.map(({ ref, plugin }) => [ref, plugin])).toEqual([
      ['template:default/own', undefined],
      ['template:default/service', undefined],
      ['template:default/tool', 'Acme'],
    ]);
    const result = await engine.runInMemory('template:default/tool', input, {
      signal,
      isDryRun: true,
    });
    expect(texts(result)).toEqual({ 'tool.txt': 'shop' });
  });

  it('prefers a template of the catalog over one of a plugin, and that over an included one', async () => {
    const { engine, catalog } = await engineOn(service, [], [acme('acme/template.yaml')]);
    const text = [template('own', fetchStep), template('service', fetchStep)].join('---\n');
    catalog.files.write('/plugins/acme/template.yaml', text);
    expect(await engine.getTemplates()).toMatchObject([
      { ref: 'template:default/own', plugin: 'Acme' },
      { ref: 'template:default/service', file: at('template.yaml') },
    ]);
    expect(await engine.loadTemplate('template:default/own')).toMatchObject({ plugin: 'Acme' });
  });

  it("keeps templates of plugins inside the plugin's folder", async () => {
    const step = fetchStep.replace('./skeleton', '../other');
    const { engine, catalog } = await engineOn(service, [], [acme('acme/template.yaml')]);
    catalog.files.write('/plugins/acme/template.yaml', template('tool', step));
    catalog.files.write('/plugins/other/secret.txt', 'secret');
    const { status } = await engine.runInMemory('template:default/tool', input, {
      signal,
      isDryRun: true,
    });
    expect(status).toBe('failed');
  });

  it('skips files of plugins that are no templates, are missing or are elsewhere', async () => {
    const files = ['acme/broken.yaml', 'acme/none.yaml', 'other/template.yaml'];
    const { engine, catalog } = await engineOn({}, [], [acme(...files, 'acme/good.yaml')]);
    catalog.files.write('/plugins/acme/broken.yaml', 'kind: [');
    catalog.files.write('/plugins/acme/good.yaml', template('good', fetchStep));
    catalog.files.write('/plugins/other/template.yaml', template('other', fetchStep));
    expect((await engine.getTemplates()).map(({ ref }) => ref)).toEqual([
      'template:default/good',
      'template:default/own',
    ]);
  });

  it('reports new and changed templates only', async () => {
    const { engine, catalog } = await engineOn(service);
    let changes = 0;
    engine.onDidChange(() => changes++);
    await catalog.write({
      'c.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: s}\nspec: {owner: a}\n',
    });
    expect(changes).toBe(0);
    await catalog.write({ 'other.yaml': template('other', fetchStep) });
    expect(changes).toBe(1);
  });

  it('runs a template of the catalog for the user', async () => {
    const { engine } = await engineOn(service);
    const result = await engine.runInMemory('template:default/service', input, {
      signal,
      isDryRun: true,
    });
    expect({ ...result, files: texts(result) }).toMatchObject({
      status: 'completed',
      files: { 'shop.txt': 'shop of user:default/ada' },
    });
  });

  it('uses the configured hosts and environment', async () => {
    const steps = `    - action: debug:log
      input: { message: '\${{ environment.parameters.region }} \${{ environment.secrets.key }}' }`;
    const output =
      "  output: { host: \"${{ 'ghe.acme.org?owner=a&repo=b' | parseRepoUrl | pick('host') }}\" }\n";
    const text = `${template('set-up', steps)}${output}`;
    const { engine } = await engineOn({ 'template.yaml': text });
    const run = (isDryRun: boolean): ReturnType<typeof engine.runInMemory> =>
      engine.runInMemory('template:default/set-up', input, { signal, isDryRun });
    const real = await run(false);
    expect([real.error, real.output]).toEqual([undefined, { host: 'ghe.acme.org' }]);
    expect(real.steps[0]?.log).toContain('***');
    // A dry run has no secrets, and only names them.
    const { log } = (await run(true)).steps[0] ?? {};
    expect(log?.join('\n')).toContain('"message": "north ***"');
    expect(log).toContain('north ');
  });

  it('reports how a value is invalid', async () => {
    const { engine } = await engineOn(service);
    expect(await engine.check('template:default/service', { name: 'No' }, signal)).toEqual({
      errors: [{ path: ['name'], message: 'does not match pattern "^[a-z-]+$"' }],
      visible: [true],
    });
  });

  it('lists the actions of a template', async () => {
    const steps = ['fs:delete', 'publish:github', 'github:webhook', 'acme:ticket', 'no:such']
      .map(action => `    - action: ${action}`)
      .join('\n');
    const { engine } = await engineOn({ 'template.yaml': template('many', steps) }, [
      { id: 'acme:ticket', handler: () => Promise.resolve() },
    ]);
    const { actions } = (await engine.loadTemplate('template:default/many')) ?? {};
    expect(actions).toEqual([
      { id: 'fs:delete', isKnown: true, isOutward: false, isSkipped: false },
      { id: 'publish:github', isKnown: true, isOutward: true, isSkipped: false },
      { id: 'github:webhook', isKnown: true, isOutward: true, isSkipped: true },
      { id: 'acme:ticket', isKnown: true, isOutward: true, isSkipped: false },
      { id: 'no:such', isKnown: false, isOutward: true, isSkipped: false },
    ]);
  });

  it('skips an action that a plugin only describes, and validates its input', async () => {
    const ticket = (title: string): string =>
      `    - { id: ticket, action: 'acme:ticket', input: { title: ${title} } }\n${fetchStep}`;
    const schema = { type: 'object', properties: { title: { type: 'string' } } };
    const { engine } = await engineOn(
      {
        ...service,
        'template.yaml': template('service', ticket('Hi')),
        'wrong.yaml': template('wrong', ticket('3')),
      },
      [],
      [],
      [{ id: 'acme:ticket', input: schema }],
    );
    const { actions } = (await engine.loadTemplate('template:default/service')) ?? {};
    expect(actions?.[0]).toMatchObject({ id: 'acme:ticket', isKnown: true, isSkipped: true });
    const run = (name: string): ReturnType<typeof engine.runInMemory> =>
      engine.runInMemory(`template:default/${name}`, input, { signal, isDryRun: true });
    const { status, steps } = await run('service');
    expect([status, steps[0]?.status]).toEqual(['completed', 'skipped']);
    expect(steps[0]?.log.join()).toContain('Callboard has no implementation of acme:ticket');
    expect((await run('wrong')).error).toContain('instance.title is not of a type(s) string');
  });

  const publishing = template(
    'publishing',
    `${fetchStep}
    - id: publish
      action: publish:github
      input: { repoUrl: 'github.com?owner=acme&repo=shop' }
    - id: hook
      action: github:webhook
      input: { repoUrl: 'github.com?owner=acme&repo=shop', webhookUrl: 'https://x.example' }
    - id: register
      action: catalog:register
      input: { repoContentsUrl: '\${{ steps.publish.output.repoContentsUrl }}' }
    - id: acme
      action: acme:note
      input: { text: '\${{ steps.register.output.entityRef }}' }
  output:
    remote: \${{ steps.publish.output.remoteUrl }}
    ref: \${{ steps.register.output.entityRef }}`,
  );

  it('publishes to the chosen folder and runs actions of plugins', async () => {
    const descriptor =
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${{ values.name }}\n';
    const { engine } = await engineOn(
      { 'template.yaml': publishing, 'skeleton/catalog-info.yaml': descriptor },
      [
        {
          id: 'acme:note',
          schema: { input: { type: 'object', required: ['text'] } },
          handler({ input: { text }, workspace }) {
            workspace.writeFile('note.txt', typeof text === 'string' ? text : '');
            return Promise.resolve();
          },
        },
      ],
    );
    const result = await engine.runInMemory('template:default/publishing', input, {
      signal,
      isDryRun: false,
    });
    expect({
      ...result,
      files: Object.keys(texts(result)),
      note: texts(result)['note.txt'],
    }).toMatchObject({
      status: 'completed',
      files: ['catalog-info.yaml', 'note.txt'],
      note: 'component:default/shop',
      output: { remote: 'https://github.com/acme/shop.git', ref: 'component:default/shop' },
    });
    expect(result.steps.map(({ id, log }) => [id, log[1]])).toMatchObject([
      ['fetch', 'Fetching template content from remote URL'],
      [
        'publish',
        'Nothing was pushed to https://github.com/acme/shop.git. The files stay in the folder',
      ],
      ['hook', 'warn: github:webhook runs only in Backstage and was skipped'],
      ['register', expect.stringContaining('finds catalog-info.yaml automatically')],
      ['acme', 'Finished step acme:note'],
    ]);
    // Its output is used nevertheless, as later steps need it.
    expect(result.steps.map(({ status }) => status)).toEqual([
      'completed',
      'skipped',
      'completed',
      'completed',
      'completed',
    ]);
  });

  it('rejects files inside a git folder', async () => {
    const { engine } = await engineOn({ ...service, 'skeleton/a/.GIT/config': 'x' });
    expect(
      await engine.runInMemory('template:default/service', input, { signal, isDryRun: true }),
    ).toMatchObject({
      status: 'failed',
      error: 'A template must not write into a git repository: a/.GIT/config',
      files: [],
    });
  });

  it('rejects an unknown template', async () => {
    const { engine } = await engineOn({});
    await expect(
      engine.runInMemory('template:default/none', input, { signal, isDryRun: true }),
    ).rejects.toThrow('There is no template template:default/none');
  });
});
