import { describe, expect, it } from 'vitest';
import { TestAgent } from '../../../../support/agents';
import { aComponent, aDescriptor } from '../../../../support/descriptors';
import { entityOf } from '../../../../support/entityOf';

describe('`validate` tool', () => {
  const open = (more: Readonly<Record<string, string>> = {}) =>
    TestAgent.open({
      'a/one.yaml': aComponent('one', { owner: 'crwe' }),
      'a/two.yaml': aComponent('two', { owner: 'crew', lifecycle: undefined }),
      'crew.yaml': aDescriptor('group:crew'),
      'notes.txt': '',
      ...more,
    });

  it('returns the problems of a file with 1-based lines and columns', async () => {
    const agent = await open();
    expect(await agent.value('validate', { path: 'a/one.yaml' })).toEqual({
      entities: ['component:default/one'],
      isFile: true,
      problems: [
        {
          severity: 'warning',
          code: 'dangling-reference',
          message: expect.stringContaining('Did you mean "crew"?') as unknown,
          ref: 'component:default/one',
          suggestions: ['crew'],
          file: 'a/one.yaml',
          line: 8,
          column: 10,
        },
      ],
      counts: { error: 0, warning: 1, info: 0, hint: 0 },
      isTruncated: false,
    });
  });

  it('reads the current file', async () => {
    const agent = await open();
    agent.catalog.files.write('/work/a/one.yaml', aComponent('one', { owner: 'crew' }));
    expect(await agent.text('validate', { path: 'a/one.yaml' })).toBe(
      'No problems in a/one.yaml. Entities in the file: component:default/one.',
    );
  });

  it('returns problems of a folder or the workspace, most severe first', async () => {
    const agent = await open();
    for (const input of [{}, { path: 'a' }, { path: '.' }, { path: 'a/' }]) {
      expect(await agent.text('validate', input)).toMatch(
        /^Problems in .+: 1 error, 1 warning\.\n- error invalid-spec: .* \(a\/two\.yaml:5:1\)\n- warning dangling-reference: .*\? \(a\/one\.yaml:8:10\)$/,
      );
    }
  });

  it('names the entity of a problem that is in no file', async () => {
    const agent = await open();
    const group = entityOf('group:wards');
    const entity = { ...group, spec: { ...group.spec, parent: 'group:none' } };
    agent.catalog.engine.addEntityProvider({
      getProviderName: () => 'staff',
      connect: ({ applyMutation }) => applyMutation({ type: 'full', entities: [{ entity }] }),
    });
    await agent.catalog.engine.refresh();
    expect(await agent.text('validate', {})).toContain(' (group:default/wards)');
  });

  it('uses plurals in counts', async () => {
    const agent = await open({ 'a/three.yaml': aComponent('three', { owner: 'crow' }) });
    expect(await agent.text('validate', { path: 'a' })).toMatch(
      /^Problems in a: 1 error, 2 warnings\.\n/,
    );
  });

  it('filters by severity and reports omitted problems', async () => {
    const agent = await open();
    expect(await agent.value('validate', { severity: 'error' })).toMatchObject({
      counts: { error: 1, warning: 0 },
    });
    expect(await agent.value('validate', { limit: 1 })).toMatchObject({
      problems: [{ severity: 'error' }],
      counts: { error: 1, warning: 1 },
      isTruncated: true,
    });
  });

  it('lists the entities of a file without problems', async () => {
    const agent = await open();
    expect(await agent.text('validate', { path: 'crew.yaml' })).toBe(
      'No problems in crew.yaml. Entities in the file: group:default/crew.',
    );
    expect(await agent.text('validate', { path: 'notes.txt' })).toBe(
      'No problems in notes.txt. Entities in the file: none.',
    );
    expect(await agent.text('validate', { path: 'nothing.yaml' })).toBe(
      `Can't find "nothing.yaml" in the workspace.`,
    );
  });
});
