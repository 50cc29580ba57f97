import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  addSource,
  readSettings,
  removeSource,
  setAllowedKinds,
} from '../../../../../src/features/sources/vscode/sourceSettings';
import { editor } from '../../../../support/editorOfSources';

vi.mock('vscode', async () => (await import('../../../../support/editorOfSources')).editor.module);

const A = { type: 'url', url: 'https://a.test/x' };
const B = { type: 'url', url: 'https://b.test/x' };

const list = (...sources: readonly unknown[]) => ({ 'catalog.sources': sources });

beforeEach(() => editor.reset());

describe('problems of settings', () => {
  it('name their scope and position', () => {
    editor.settings = list(A, 7, { ...A, name: 'Again' });
    editor.workspaceSettings = { 'catalog.sources': { a: A } };
    expect(readSettings().problems).toEqual([
      'callboard.catalog.sources in the workspace settings must be a list of sources',
      'Source 2 of callboard.catalog.sources in the user settings must be an object with a "type"',
      'Source 3 of callboard.catalog.sources in the user settings is the same as an earlier one',
    ]);
  });

  it("don't include duplicates across scopes, where the workspace takes precedence", () => {
    editor.settings = list(B, { ...A, name: 'Mine' });
    editor.workspaceSettings = list({ ...A, name: 'Ours' });
    const { configs, scopes, problems } = readSettings();
    expect(problems).toEqual([]);
    expect(configs.map(({ id, name }) => [name, scopes.get(id)])).toEqual([
      ['Ours', ['workspace', 'user']],
      [expect.any(String), ['user']],
    ]);
  });
});

describe('added source', () => {
  it.each(['user', 'workspace'] as const)('is appended to those of the %s', async scope => {
    editor.settings = list(B, 7);
    editor.workspaceSettings = list(B, 7);
    await addSource(A, scope);
    const [user, workspace] = [editor.settings, editor.workspaceSettings];
    expect(scope === 'user' ? user : workspace).toEqual(list(B, 7, A));
    expect(scope === 'user' ? workspace : user).toEqual(list(B, 7));
  });

  it('is not written to an untrusted workspace', async () => {
    editor.workspaceSettings = list(B);
    editor.isTrusted = false;
    await expect(addSource(A, 'workspace')).rejects.toThrow(/Trust the workspace/);
    expect(editor.workspaceSettings).toEqual(list(B));
  });

  it.each(['user', 'workspace'] as const)(
    'does not replace an invalid value in the settings of the %s',
    async scope => {
      const settings = { 'catalog.sources': { a: B } };
      editor.settings = editor.workspaceSettings = settings;
      await expect(addSource(A, scope)).rejects.toThrow(
        `callboard.catalog.sources in the ${scope} settings must be a list. Fix it first.`,
      );
      expect([editor.settings, editor.workspaceSettings]).toEqual([settings, settings]);
    },
  );

  it('is written once per scope', async () => {
    editor.settings = list(A);
    await expect(addSource({ ...A, name: 'Again' }, 'user')).rejects.toThrow(
      'The user settings already have this source.',
    );
    await addSource(A, 'workspace');
    await expect(addSource(A, 'workspace')).rejects.toThrow(
      'The workspace settings already have this source.',
    );
    expect([editor.settings, editor.workspaceSettings]).toEqual([list(A), list(A)]);
  });
});

it('a source is removed from all scopes, and nothing else is', async () => {
  const other = { a: 1 };
  editor.settings = list(other, A, 7, B);
  editor.workspaceSettings = list(A);
  const [config] = readSettings().configs;
  await removeSource(config?.id ?? '');
  expect(editor.settings).toEqual(list(other, 7, B));
  expect(editor.workspaceSettings).toEqual({ 'catalog.sources': undefined });
});

describe('allowed kinds of a source', () => {
  it('are written in all scopes that contain it', async () => {
    editor.settings = list(7, B, { ...A, name: 'Mine', allow: ['User'] });
    editor.workspaceSettings = list(A);
    const id = readSettings().configs.find(({ name }) => name === 'a.test/x')?.id ?? '';
    await setAllowedKinds(id, ['Template']);
    expect(editor.settings).toEqual(list(7, B, { ...A, name: 'Mine', allow: ['Template'] }));
    expect(editor.workspaceSettings).toEqual(list({ ...A, allow: ['Template'] }));
    expect(readSettings().configs[0]?.allow).toEqual(['*', '!User', '!Group']);
  });

  it("can't be written for an unknown source", async () => {
    await expect(setAllowedKinds('url https://c.test/', ['User'])).rejects.toThrow(
      "This source isn't in your settings.",
    );
  });
});
