import { describe, expect, it } from 'vitest';
import { codeActionProvider } from '../../../../../../src/features/authoring/language';
import { offered } from '../../../../../support/codeActions';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { openLanguageWorkspace } from '../../../../../support/languageWorkspace';

const files = { 'org.yaml': documents(aDescriptor('group:payments'), aDescriptor('group:team')) };
const FIX_ALL = 'Fix all auto-fixable Callboard problems';
const only = ['source.fixAll'];

describe('Fix all', () => {
  it('fixes everything that has one unambiguous fix', async () => {
    const text = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { uid: x, name: a, etag: y } # m
spec:
  type: service<|>
  lifecycle: production
  owner: "paymnts" # us
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: b
  uid: x
  etag: y
  annotations:
    github.com/project-slugs: a/b # slug
spec:
  type: service
  lifecycle: production
  owner: paymnts
  system: nothing-like-it
`;
    const actions = await offered({ files, text, only });
    expect(actions.find(FIX_ALL)).toMatchObject({ kind: 'source.fixAll.callboard' });
    expect(actions.text(FIX_ALL)).toBe(`apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: a } # m
spec:
  type: service
  lifecycle: production
  owner: "payments" # us
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: b
  annotations:
    github.com/project-slug: a/b # slug
spec:
  type: service
  lifecycle: production
  owner: payments
  system: nothing-like-it
`);
    expect(await actions.codesAfter(FIX_ALL)).toEqual(['dangling-reference']);
  });

  it('skips ambiguous fixes', async () => {
    const near = { 'org.yaml': documents(aDescriptor('group:team1'), aDescriptor('group:team2')) };
    const text = aComponent('a', { owner: 'team3' });
    expect((await offered({ files: near, text: `<|>${text}`, only })).titles).toEqual([]);
  });

  it.each([
    [['source.fixAll.callboard'], [FIX_ALL]],
    [['source'], [FIX_ALL]],
    [['source.fixAll.eslint'], []],
    [['source.organizeImports'], []],
    [['quickfix'], ['Change to "payments"']],
    [['refactor'], ['Expand ref to group:default/paymnts']],
    [['refactor.extract'], []],
    [undefined, ['Change to "payments"', 'Expand ref to group:default/paymnts']],
  ])('is offered for matching kinds: %j', async (kinds, titles) => {
    const text = aComponent('a', { owner: 'paymnts' }).replace('paymnts', 'paymn<|>ts');
    const actions = await offered({ files, text, ...(kinds && { only: kinds }) });
    expect(actions.titles.filter(title => !/^(?:Create|Ignore)/.test(title))).toEqual(titles);
  });
});

describe('Code actions for a basic client', () => {
  const text = aComponent('a', { owner: 'paymnts' }).replace('paymnts', 'paymn<|>ts');

  it('create no files and use plain changes', async () => {
    const workspace = await openLanguageWorkspace({
      ...files,
      'a.yaml': text.replace('<|>', ''),
    });
    const request = workspace.actions('a.yaml', text);
    const edits = {
      hasDocumentChanges: false,
      canCreateFiles: false,
      canRenameFiles: false,
      hasAnnotations: false,
    };
    const context = { ...request.context, edits };
    const actions = (await codeActionProvider.codeActions?.({ ...request, context })) ?? [];
    expect(actions[0]?.edit).toEqual({
      changes: {
        'file:///work/a.yaml': [
          {
            range: { start: { line: 7, character: 9 }, end: { line: 7, character: 16 } },
            newText: 'payments',
          },
        ],
      },
    });
    expect(actions.map(({ title }) => title)).toContain('Create Group "paymnts" in this file');
    expect(actions.filter(({ title }) => title.endsWith('.yaml'))).toEqual([]);
  });
});
