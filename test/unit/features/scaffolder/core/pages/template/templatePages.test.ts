import { describe, expect, test } from 'vitest';
import type { LoadedTemplate, TemplateRunResult } from '../../../../../../../src/api';
import { emptyForm, type FormState } from '../../../../../../../src/features/scaffolder/core';
import { resolveForm } from '../../../../../../../src/features/scaffolder/core/forms/resolveForm';
import {
  type TemplateForms,
  TemplatePages,
} from '../../../../../../../src/features/scaffolder/core/pages';
import { defaultRepoHosts } from '../../../../../../../src/features/scm/core/forges';
import type { JsonObject } from '../../../../../../../src/model';
import { inMemoryState } from '../../../../../../support/inMemoryState';

const ref = 'template:default/service';
const { signal } = new AbortController();

const page = {
  required: ['owner'],
  properties: {
    name: { type: 'string', default: 'shop' },
    owner: { type: 'string', 'ui:field': 'MyGroupsPicker' },
    key: { type: 'string', 'ui:field': 'Secret' },
    pin: { type: 'string', 'ui:widget': 'password' },
  },
};

const loaded: LoadedTemplate = {
  ref,
  title: 'Service',
  description: undefined,
  type: 'service',
  tags: [],
  owner: undefined,
  file: 'file:///work/template.yaml',
  isShipped: false,
  entity: {
    spec: {
      parameters: [page, { properties: { more: { type: 'string', default: 'm' } } }],
      presentation: { buttonLabels: { createButtonText: 'Go', backButtonText: 7 } },
    },
  },
  actions: [
    { id: 'debug:log', isKnown: true, isOutward: false, isSkipped: false },
    { id: 'acme:do', isKnown: false, isOutward: true, isSkipped: false },
    { id: 'github:webhook', isKnown: true, isOutward: true, isSkipped: true },
  ],
};

interface World {
  readonly groups?: readonly string[];
  readonly result?: TemplateRunResult;
  readonly isUnderWay?: boolean;
}

function pagesIn({ groups = [], result, isUnderWay = true }: World, state = inMemoryState()) {
  const forms: TemplateForms = {
    onDidChange: () => ({ dispose() {} }),
    getTemplates: async () => [loaded],
    loadTemplate: async resolved => (resolved === ref ? loaded : undefined),
    async dryRun() {
      if (!result) throw new Error('There is nothing to run');
      return result;
    },
    create: async () => isUnderWay,
    launch: async () => isUnderWay,
    launchOptions: () => Promise.reject(new Error('Nothing is launched')),
    chooseLaunchFolder: async () => undefined,
    tasks: () => Promise.reject(new Error('Nothing is run')),
    resolveForm: async (_, form, __, reached) =>
      resolveForm({
        parameters: (loaded.entity['spec'] as JsonObject)['parameters'],
        state: form,
        reached,
        hosts: defaultRepoHosts,
      }),
    forgeChoices: async () => [],
    entityChoices: async () => groups.map(value => ({ value, title: value, description: value })),
    tagChoices: async () => [],
  };
  const catalog = { getEntityByRef: () => undefined };
  return new TemplatePages({ forms, state, catalog, starred: { has: () => false } } as never);
}

const stateOf = (values: JsonObject): FormState => ({ ...emptyForm, values });

describe('template page', () => {
  test('starts with the first page of the form and lists unsupported actions', async () => {
    const { form, ...view } = await pagesIn({}).getPage(ref, signal);
    expect(form.state.values).toEqual({ name: 'shop' });
    expect(view).toEqual({
      title: 'Service',
      description: undefined,
      type: 'service',
      tags: [],
      owner: undefined,
      file: 'file:///work/template.yaml',
      glances: {},
      unknownActions: ['acme:do'],
      skippedActions: ['github:webhook'],
      buttons: { back: undefined, review: undefined, create: 'Go' },
      reached: 1,
      isDraft: false,
    });
  });

  test('rejects an unknown template', async () => {
    await expect(pagesIn({}).getPage('template:default/no', signal)).rejects.toThrow(
      'There is no template template:default/no',
    );
  });

  test.each([
    ['the only option', ['group:default/a'], 'group:default/a'],
    ['nothing with several options', ['group:default/a', 'group:default/b'], undefined],
    ['nothing without options', [], undefined],
  ])('fills in %s', async (_, groups, owner) => {
    const { form } = await pagesIn({ groups }).getPage(ref, signal);
    expect(form.state.values['owner']).toBe(owner);
  });
});

describe('draft', () => {
  const values = { name: 'mall', key: '******', pin: '1234' };

  test('is restored without secrets', async () => {
    const state = inMemoryState();
    const request = { template: ref, state: stateOf(values), reached: 2 };
    const form = await pagesIn({}, state).resolve(request, signal);
    expect(form.state.values).toEqual({ ...values, more: 'm' });
    const second = await pagesIn({}, state).getPage(ref, signal);
    expect([second.isDraft, second.reached, second.form.state.values]).toEqual([
      true,
      2,
      { name: 'mall', more: 'm' },
    ]);
    expect(JSON.stringify(state.get('portal.templateDrafts'))).not.toMatch(/1234|\*/);
  });

  test('is deleted on reset and on creation', async () => {
    const state = inMemoryState();
    const request = { template: ref, state: stateOf(values), reached: 1 };
    const isDraft = async (): Promise<boolean> =>
      (await pagesIn({}, state).getPage(ref, signal)).isDraft;
    await pagesIn({}, state).resolve(request, signal);
    await pagesIn({}, state).forget(ref, signal);
    expect(await isDraft()).toBe(false);
    await pagesIn({}, state).resolve(request, signal);
    const run = { template: ref, values, secrets: { key: 's3cret' }, isDryRun: false };
    await pagesIn({ isUnderWay: false }, state).create(run);
    await pagesIn({}, state).create({ ...run, isDryRun: true });
    expect(await isDraft()).toBe(true);
    await pagesIn({}, state).create(run);
    expect(await isDraft()).toBe(false);
  });

  test('is not stored by a request that was cancelled', async () => {
    const state = inMemoryState();
    const controller = new AbortController();
    const request = { template: ref, state: stateOf(values), reached: 1 };
    const resolving = pagesIn({}, state).resolve(request, controller.signal);
    controller.abort();
    await expect(resolving).rejects.toThrow('aborted');
    expect((await pagesIn({}, state).getPage(ref, signal)).isDraft).toBe(false);
  });

  test('is ignored if it is invalid', async () => {
    const state = inMemoryState();
    await state.set('portal.templateDrafts', [[ref, { state: 'old' }], 7]);
    expect((await pagesIn({}, state).getPage(ref, signal)).isDraft).toBe(false);
  });
});

describe('preview', () => {
  const step = { id: 'a', name: 'A', action: 'debug:log', output: {} };
  const run = { template: ref, values: {}, secrets: {} };

  test('has files and the content of text files', async () => {
    const encoder = new TextEncoder();
    const long = 'x'.repeat(200_001);
    const result: TemplateRunResult = {
      status: 'completed',
      steps: [{ ...step, status: 'completed', log: ['hi'] }],
      output: {},
      files: [
        { path: 'a.txt', content: encoder.encode('ä'), isExecutable: true },
        { path: 'b.bin', content: new Uint8Array([0xff, 0xfe]), isExecutable: false },
        { path: 'c.txt', content: encoder.encode(long), isExecutable: false },
      ],
    };
    expect(await pagesIn({ result }).preview(run, signal)).toEqual({
      error: undefined,
      files: [
        { path: 'a.txt', text: 'ä', size: 2, isExecutable: true, isCut: false },
        { path: 'b.bin', text: undefined, size: 2, isExecutable: false, isCut: false },
        { path: 'c.txt', text: long.slice(1), size: 200_001, isExecutable: false, isCut: true },
      ],
      steps: [{ name: 'A', status: 'completed', log: ['hi'] }],
    });
  });

  test('has the error of a failing run', async () => {
    const steps = [{ ...step, status: 'failed' as const, log: [] }];
    const result = { status: 'failed' as const, steps, output: {}, error: 'No', files: [] };
    expect((await pagesIn({ result }).preview(run, signal)).error).toBe('No');
  });
});
