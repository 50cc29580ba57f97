import { describe, expect, it } from 'vitest';
import type { TemplateTask } from '../../../../../../../src/api';
import { resolveForm } from '../../../../../../../src/features/scaffolder/core/forms/resolveForm';
import { type TaskDesk, TaskPages } from '../../../../../../../src/features/scaffolder/core/pages';
import { defaultRepoHosts } from '../../../../../../../src/features/scm/core/forges';
import type { JsonObject, JsonValue } from '../../../../../../../src/model';
import { inMemoryState } from '../../../../../../support/inMemoryState';

const parameters = {
  properties: {
    name: { type: 'string' },
    port: { type: 'number', default: 80 },
    server: {
      type: 'object',
      properties: { host: { type: 'string', default: 'localhost' }, path: { type: 'string' } },
    },
  },
};

const task = (rest: Partial<TemplateTask> = {}): TemplateTask => ({
  id: 'one',
  template: 'template:default/service',
  title: 'Service',
  isDryRun: false,
  folder: 'file:///work/shop',
  status: 'completed',
  startedAt: 1,
  endedAt: 2,
  steps: [],
  log: [],
  values: {},
  output: {},
  error: undefined,
  files: [],
  canRetry: false,
  ...rest,
});

function pagesOf(
  one: TemplateTask,
  state = inMemoryState(),
  entities: Readonly<Record<string, readonly string[]>> = {},
): TaskPages {
  const unused = (): never => {
    throw new Error('Nobody asks for this');
  };
  const desk: TaskDesk = {
    onDidChange: () => ({ dispose() {} }),
    list: () => [one],
    get: id => (id === one.id ? one : undefined),
    cancel: unused,
    retry: unused,
    clear: unused,
    showFile: unused,
    openFolder: unused,
    showLog: unused,
  };
  return new TaskPages({
    state,
    catalog: {
      getEntityRefsInFile: file => entities[file] ?? [],
      getEntityByRef: ref => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'shop', title: `The ${typeof ref === 'string' ? ref : ref.name}` },
      }),
    },
    forms: {
      tasks: async () => desk,
      resolveForm: async (_, form) =>
        resolveForm({ parameters, state: form, hosts: defaultRepoHosts }),
    },
    placeOf: uri => uri.replace('file:///work/', ''),
  });
}

const { signal } = new AbortController();
const outputOf = async (output: JsonObject) => {
  const { links, texts } = await pagesOf(task({ output })).getTask({ id: 'one' });
  return { links, texts };
};

describe('page of a run', () => {
  it('names the folder by its relative path and has no values', async () => {
    const shown = await pagesOf(task({ values: { name: 'x' } })).getTask({ id: 'one' });
    expect(shown.place).toBe('shop');
    expect(shown).not.toHaveProperty('values');
  });

  it('links to each entity of its files once', async () => {
    const ref = 'component:default/shop';
    const entities = {
      'file:///work/shop/catalog-info.yaml': [ref, 'api:default/shop'],
      'file:///work/shop/kept.yaml': ['system:default/kept'],
    };
    const files = [
      { path: 'catalog-info.yaml', change: 'added' as const, isExecutable: false, size: 1 },
      { path: 'kept.yaml', change: 'kept' as const, isExecutable: false, size: 1 },
    ];
    const done = task({
      folder: 'file:///work/shop',
      files,
      output: { links: [{ title: 'Shop', entityRef: ref }] },
    });
    const shown = await pagesOf(done, inMemoryState(), entities).getTask({ id: 'one' });
    expect(shown.links.map(({ title }) => title)).toEqual(['Shop', 'The api:default/shop']);
    const dry = await pagesOf({ ...done, isDryRun: true }, inMemoryState(), entities).getTask({
      id: 'one',
    });
    expect(dry.links.map(({ title }) => title)).toEqual(['Shop']);
  });

  it('links only to entities and web pages', async () => {
    const links: JsonValue = [
      { title: 'Repo', url: 'https://example.com' },
      { url: 'https://example.com/a' },
      { title: 'Entity', entityRef: 'Component:shop' },
      { entityRef: 'no ref at all:' },
      { title: 'Evil', url: 'javascript:alert(1)' },
      { title: 'Empty' },
      'text',
    ];
    expect((await outputOf({ links })).links).toEqual([
      { title: 'Repo', target: { type: 'url', url: 'https://example.com' } },
      { title: 'https://example.com/a', target: { type: 'url', url: 'https://example.com/a' } },
      { title: 'Entity', target: { type: 'entity', entityRef: 'component:default/shop' } },
    ]);
  });

  it('renders texts as Markdown without HTML', async () => {
    const text: JsonValue = [
      { title: 'Next', content: '*Go* <b onclick="x">on</b>' },
      { title: 'None' },
    ];
    expect((await outputOf({ text })).texts).toEqual([
      {
        title: 'Next',
        html: '<p><em>Go</em> &lt;b onclick=&quot;x&quot;&gt;on&lt;/b&gt;</p>\n',
      },
    ]);
  });

  it('shows a limited number of files', async () => {
    const file = { size: 1, isExecutable: false, change: 'added' } as const;
    const files = Array.from({ length: 3_000 }, (_, index) => ({ ...file, path: `${index}` }));
    const shown = await pagesOf(task({ files })).getTask({ id: 'one' });
    expect([shown.files.length, shown.fileCount]).toEqual([2_000, 3_000]);
  });

  it('counts written files without kept ones', async () => {
    const file = { size: 1, isExecutable: false } as const;
    const files = (['added', 'changed', 'unchanged', 'kept'] as const).map(change => ({
      ...file,
      change,
      path: `${change}/a.txt`,
    }));
    const shown = await pagesOf(task({ files })).getTask({ id: 'one' });
    expect([shown.fileCount, shown.writtenCount]).toEqual([4, 3]);
  });

  it('reports an unknown run', async () => {
    await expect(pagesOf(task()).getTask({ id: 'other' })).rejects.toThrow('no longer exists');
  });
});

describe('reused run', () => {
  it('fills in its values and empty fields in the form', async () => {
    const state = inMemoryState();
    const values = { name: 'shop', server: { path: '/a' } };
    const pages = pagesOf(task({ values, isDryRun: true }), state);
    expect(await pages.reuse({ id: 'one' }, signal)).toEqual({
      template: 'template:default/service',
      isDryRun: true,
    });
    expect(state.get('portal.templateDrafts')).toEqual([
      [
        'template:default/service',
        {
          state: { values, cleared: ['/port', '/server/host'], variants: {} },
          reached: 1,
        },
      ],
    ]);
  });
});
