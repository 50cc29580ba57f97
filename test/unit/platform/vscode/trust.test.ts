import { beforeEach, expect, it, vi } from 'vitest';
import manifest from '../../../../package.json';
import { settingsGuardedBy } from '../../../../src/platform/core/trust';
import { inspectSetting, mayCause, readSetting } from '../../../../src/platform/vscode/trust';

/** Places where a workspace can write a setting, with their names in `inspect`. */
const places = {
  'the settings of a folder or a .code-workspace file': 'workspaceValue',
  'the settings of a folder of several': 'workspaceFolderValue',
  'settings for a language in a workspace': 'workspaceLanguageValue',
  'settings for a language in a folder of several': 'workspaceFolderLanguageValue',
} as const;

const editor = vi.hoisted(() => ({
  isTrusted: false,
  values: {},
}));

// Returns workspace values, like an editor without restricted settings.
vi.mock('vscode', () => ({
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
    getConfiguration: () => ({
      get: () => Object.entries(editor.values).findLast(([, value]) => value !== undefined)?.[1],
      inspect: () => editor.values,
    }),
  },
}));

const trusted = settingsGuardedBy('trusted');
const usersOwn = settingsGuardedBy('user');

beforeEach(() => {
  Object.assign(editor, { isTrusted: false, values: {} });
});

const cases = Object.entries(places).flatMap(([place, name]) =>
  [...trusted, ...usersOwn].map(key => ({ place, name, key })),
);

it.each(cases)('ignores $key in $place without trust', ({ name, key }) => {
  editor.values = { defaultValue: 'default', globalValue: 'own', [name]: 'evil' };
  expect(readSetting(key)).toBe('own');
  expect(inspectSetting(key)).toEqual({ user: 'own', workspace: undefined });
  editor.values = { defaultValue: 'default', [name]: 'evil' };
  expect(readSetting(key)).toBe('default');
});

it.each(trusted)('reads %s in a trusted workspace', key => {
  Object.assign(editor, { isTrusted: true, values: { globalValue: 1, workspaceValue: 2 } });
  expect(readSetting(key)).toBe(2);
  expect(inspectSetting(key)).toEqual({ user: 1, workspace: 2 });
});

it.each(usersOwn)('reads %s only from user settings', key => {
  Object.assign(editor, { isTrusted: true, values: { globalValue: 1, workspaceValue: 2 } });
  expect(readSetting(key)).toBe(1);
});

it('reads other settings without trust', () => {
  editor.values = { globalValue: 1, workspaceValue: 2 };
  expect(readSetting('callboard.catalog.include')).toBe(2);
  expect(inspectSetting('callboard.catalog.include')).toEqual({ user: 1, workspace: 2 });
});

it('allows effects by the trust of the window', () => {
  expect(mayCause('mkdocs')).toBe(false);
  editor.isTrusted = true;
  expect(mayCause('mkdocs')).toBe(true);
});

/** Scopes of settings that a workspace can't change. */
const USERS: ReadonlySet<string | undefined> = new Set(['machine', 'application']);

it('restricts the same settings in the manifest', () => {
  const ours = (keys: readonly string[]): readonly string[] =>
    keys.filter(key => key.startsWith('callboard.')).sort();
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  expect([...restrictedConfigurations].sort()).toEqual(ours(trusted));
  const settings: Readonly<Record<string, { readonly scope: string }>> = Object.assign(
    {},
    ...manifest.contributes.configuration.map(({ properties }) => properties),
  );
  const machine = Object.keys(settings).filter(key => USERS.has(settings[key]?.scope));
  expect(machine.sort()).toEqual(ours(usersOwn));
});
