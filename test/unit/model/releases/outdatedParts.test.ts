import { describe, expect, it } from 'vitest';
import { wellKnownAnnotations } from '../../../../src/model/annotations';
import { isOlder, LATEST_RELEASE, parseRelease } from '../../../../src/model';
import { additions, earlyParts, outdatedParts, upgradeRules } from '../../../../src/model/releases';

const template = (spec: object): object => ({
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 't' },
  spec,
});

const step = (action: string, input: object): object => template({ steps: [{ action, input }] });

describe('outdatedParts', () => {
  it.each([
    [
      'a deprecated field',
      template({ EXPERIMENTAL_formDecorators: [{ id: 'a' }] }),
      [
        {
          id: 'form-decorators',
          changes: [
            { type: 'rename', path: ['spec', 'EXPERIMENTAL_formDecorators'], to: 'formDecorators' },
          ],
        },
      ],
    ],
    [
      'a deprecated field beside its successor',
      template({ EXPERIMENTAL_formDecorators: [], formDecorators: [] }),
      [
        {
          id: 'form-decorators',
          changes: [{ type: 'remove', path: ['spec', 'EXPERIMENTAL_formDecorators'] }],
        },
      ],
    ],
    [
      'removed inputs',
      step('github:repo:create', { repoUrl: 'x', sourcePath: './a' }),
      [
        {
          id: 'github-repo-create-inputs',
          changes: [{ type: 'remove', path: ['spec', 'steps', 0, 'input', 'sourcePath'] }],
        },
      ],
    ],
    ['inputs of another action', step('github:repo:push', { sourcePath: './a' }), []],
    [
      'an input that moved',
      step('publish:gitlab', { repoVisibility: 'public', settings: { topics: ['a'] } }),
      [
        {
          id: 'gitlab-visibility',
          changes: [
            {
              type: 'set',
              path: ['spec', 'steps', 0, 'input', 'settings', 'visibility'],
              value: 'public',
            },
            { type: 'remove', path: ['spec', 'steps', 0, 'input', 'repoVisibility'] },
          ],
        },
      ],
    ],
    [
      'an option of a form field',
      template({
        parameters: [
          {
            properties: {
              owner: { 'ui:field': 'OwnerPicker', 'ui:options': { allowedKinds: ['Group'] } },
            },
          },
        ],
      }),
      [
        {
          id: 'picker-allowed-kinds',
          changes: [
            {
              type: 'set',
              path: ['spec', 'parameters', 0, 'properties', 'owner', 'ui:options', 'catalogFilter'],
              value: { kind: ['Group'] },
            },
            {
              type: 'remove',
              path: ['spec', 'parameters', 0, 'properties', 'owner', 'ui:options', 'allowedKinds'],
            },
          ],
        },
      ],
    ],
    [
      'an action whose successor depends on the host',
      step('publish:bitbucket', { repoUrl: 'bitbucket.org?repo=a' }),
      [
        {
          id: 'publish-bitbucket',
          changes: [
            {
              type: 'set',
              path: ['spec', 'steps', 0, 'action'],
              value: 'publish:bitbucketCloud',
            },
          ],
        },
      ],
    ],
    [
      'an action whose host is unknown',
      step('publish:bitbucket', { repoUrl: '${{ parameters.repoUrl }}' }),
      [{ id: 'publish-bitbucket', changes: [] }],
    ],
    [
      'an app-config',
      { integrations: { azure: [{ host: 'dev.azure.com', token: 'x' }], bitbucket: [] } },
      [
        {
          id: 'azure-token',
          changes: [
            {
              type: 'set',
              path: ['integrations', 'azure', 0, 'credentials'],
              value: [{ personalAccessToken: 'x' }],
            },
            { type: 'remove', path: ['integrations', 'azure', 0, 'token'] },
          ],
        },
        { id: 'bitbucket-integration', changes: [] },
      ],
    ],
    [
      'an annotation',
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { annotations: { 'backstage.io/github-actions-id': 'a/b' } },
      },
      [
        {
          id: 'annotation-github-actions-id',
          changes: [
            {
              type: 'rename',
              path: ['metadata', 'annotations', 'backstage.io/github-actions-id'],
              to: 'github.com/project-slug',
            },
          ],
        },
      ],
    ],
    [
      'removed settings of the catalog',
      { catalog: { enableRelationsCompatibility: true, stitchingStrategy: { mode: 'deferred' } } },
      [
        {
          id: 'stitching-mode',
          changes: [{ type: 'remove', path: ['catalog', 'stitchingStrategy', 'mode'] }],
        },
        {
          id: 'relations-compatibility',
          changes: [{ type: 'remove', path: ['catalog', 'enableRelationsCompatibility'] }],
        },
      ],
    ],
    ['no object', 'text', []],
  ])('finds %s', (_, document, expected) => {
    const found = outdatedParts(document, { config: 'app-config.yaml' }).map(
      ({ rule: { id }, changes }) => ({ id, changes }),
    );
    expect(found).toEqual(expected);
  });

  it('migrates templates of the first version', () => {
    const [part] = outdatedParts({
      apiVersion: 'backstage.io/v1beta2',
      kind: 'Template',
      spec: {
        steps: [
          { input: { url: './{{ parameters.kind }}', values: '{{ json parameters.values }}' } },
        ],
        output: { remoteUrl: '{{ steps.publish-it.output.remoteUrl }}' },
      },
    });
    expect(part?.changes).toEqual([
      { type: 'set', path: ['apiVersion'], value: 'scaffolder.backstage.io/v1beta3' },
      {
        type: 'set',
        path: ['spec', 'steps', 0, 'input', 'url'],
        value: './${{ parameters.kind }}',
      },
      {
        type: 'set',
        path: ['spec', 'steps', 0, 'input', 'values'],
        value: '${{ parameters.values }}',
      },
      {
        type: 'set',
        path: ['spec', 'output', 'remoteUrl'],
        value: "${{ steps['publish-it'].output.remoteUrl }}",
      },
    ]);
  });

  it('leaves templates with helpers of the first version to their authors', () => {
    const [part] = outdatedParts({
      apiVersion: 'backstage.io/v1beta2',
      kind: 'Template',
      spec: { steps: [{ if: '{{ eq parameters.a "b" }}' }] },
    });
    expect(part?.changes).toEqual([]);
  });

  it('applies the rules between two releases', () => {
    const document = step('github:repo:create', { sourcePath: '.' });
    const found = (from: string | undefined, to: string): number =>
      outdatedParts(document, { from, to }).length;
    expect([found('1.40', '1.55'), found('1.40', '1.54'), found('1.55', '1.57')]).toEqual([
      1, 0, 0,
    ]);
  });

  it('ends on values that contain themselves', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['self'] = cyclic;
    expect(outdatedParts(template({ parameters: cyclic }))).toEqual([]);
  });
});

describe('earlyParts', () => {
  it('finds fields that a release does not know yet', () => {
    const document = template({ formDecorators: [], parameters: [{}, { when: 'x' }] });
    const found = (release: string): unknown =>
      earlyParts(document, release).map(({ path }) => path.join('.'));
    expect([found('1.40'), found('1.51'), found('1.57')]).toEqual([
      ['spec.formDecorators', 'spec.parameters.1.when'],
      ['spec.parameters.1.when'],
      [],
    ]);
  });

  it('finds actions and inputs', () => {
    const document = template({
      steps: [
        { action: 'github:issues:create' },
        { action: 'github:repo:create', input: { workflowAccess: 'user' } },
      ],
    });
    expect(earlyParts(document, '1.42').map(({ path, at, name }) => ({ path, at, name }))).toEqual([
      { path: ['spec', 'steps', 0, 'action'], at: 'value', name: 'github:issues:create' },
      { path: ['spec', 'steps', 1, 'input', 'workflowAccess'], at: 'key', name: 'workflowAccess' },
    ]);
  });
});

describe('rules', () => {
  it('have distinct ids and releases up to the latest one', () => {
    const ids = upgradeRules.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const late = [...upgradeRules, ...additions].filter(({ since }) =>
      isOlder(LATEST_RELEASE, since),
    );
    expect(late).toEqual([]);
  });

  it('include the deprecated annotations', () => {
    const deprecated = wellKnownAnnotations.flatMap(({ key, deprecated: reason }) =>
      reason ? [{ key, by: reason.by }] : [],
    );
    const rules = upgradeRules.flatMap(({ target, change }) =>
      target.type === 'annotation'
        ? [{ key: target.key, by: change.type === 'rename' ? change.to : undefined }]
        : [],
    );
    expect(rules).toEqual(deprecated);
  });
});

describe('parseRelease', () => {
  it.each([
    ['1.40', '1.40'],
    ['v1.40.2', '1.40'],
    ['1.56.0-next.1', '1.56'],
    ['latest', undefined],
    ['1', undefined],
  ])('reads %s', (text, expected) => {
    expect(parseRelease(text)).toBe(expected);
  });

  it('compares numbers, not texts', () => {
    expect([isOlder('1.9', '1.40'), isOlder('1.40', '1.40'), isOlder('2.0', '1.40')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
