import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SecretStorage } from 'vscode';
import { silentLogger } from '../../../../../../src/base';
import {
  ForgeAccounts,
  withEnterpriseHost,
} from '../../../../../../src/features/scaffolder/vscode/tokens/forgeAccounts';
import { setToken } from '../../../../../../src/features/scaffolder/vscode/tokens/setToken';
import { defaultScaffolderSettings } from '../../../../../../src/features/scaffolder/core';
import { defaultRepoHosts } from '../../../../../../src/features/scm/core/forges';
import { TestClock } from '../../../../../support/testClock';

interface SessionRequest {
  readonly provider: string;
  readonly scopes: readonly string[];
  readonly options: unknown;
}

/** The user, and the state of VS Code. */
const editor = vi.hoisted(() => ({
  sessions: new Map<string, string>(),
  isSignedIn: true,
  asked: [] as SessionRequest[],
  enterpriseUri: undefined as string | undefined,
  /** Texts typed into input boxes in order; undefined dismisses a box. */
  typed: [] as (string | undefined)[],
  /** Prefixes of the picked items. */
  picked: [] as string[],
  shown: [] as string[],
  prompts: [] as string[],
}));

vi.mock('vscode', () => {
  const on = () => {
    const listeners: (() => void)[] = [];
    const event = (listener: () => void) => {
      listeners.push(listener);
      return { dispose: () => {} };
    };
    return { event, fire: () => listeners.forEach(listener => listener()) };
  };
  return {
    l10n: {
      t: (message: string, ...values: string[]) =>
        message.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? ''),
    },
    ThemeIcon: class {},
    Uri: { parse: (text: string) => text },
    CancellationError: class extends Error {},
    authentication: {
      getSession(provider: string, scopes: string[], options: { silent?: boolean }) {
        editor.asked.push({ provider, scopes, options });
        const accessToken = editor.sessions.get(provider);
        if (accessToken !== undefined) return Promise.resolve({ accessToken });
        if (options.silent) return Promise.resolve(undefined);
        if (!editor.isSignedIn) return Promise.reject(new Error('User did not consent to login.'));
        return Promise.resolve({ accessToken: `new-${provider}` });
      },
    },
    workspace: { isTrusted: true, getConfiguration: () => ({ get: () => editor.enterpriseUri }) },
    window: {
      showInformationMessage: (message: string) => void editor.shown.push(message),
      createQuickPick() {
        const accept = on();
        const hide = on();
        const pick = {
          items: [] as { label: string; description?: string }[],
          activeItems: [] as { label: string }[],
          onDidAccept: accept.event,
          onDidHide: hide.event,
          onDidTriggerButton: on().event,
          dispose() {},
          show() {
            const wanted = editor.picked.shift() ?? '-';
            editor.shown.push(
              pick.items
                .map(({ label, description }) => [label, description].filter(Boolean).join(': '))
                .join(', '),
            );
            pick.activeItems = pick.items.filter(({ label }) => label.includes(wanted));
            if (pick.activeItems.length > 0) accept.fire();
            else hide.fire();
          },
        };
        return pick;
      },
      createInputBox() {
        const accept = on();
        const hide = on();
        const change = on();
        const box = {
          value: '',
          prompt: '',
          password: false,
          validationMessage: undefined as string | undefined,
          onDidAccept: accept.event,
          onDidHide: hide.event,
          onDidChangeValue: change.event,
          onDidTriggerButton: on().event,
          dispose() {},
          async show() {
            editor.prompts.push(`${box.password ? 'secret ' : ''}${box.prompt}`);
            for (;;) {
              const text = editor.typed.shift();
              if (text === undefined) return hide.fire();
              box.value = text;
              change.fire();
              accept.fire();
              await new Promise(setImmediate);
              if (box.validationMessage === undefined) return;
              editor.shown.push(box.validationMessage);
            }
          },
        };
        return box;
      },
    },
  };
});

const { signal } = new AbortController();
const github = { host: 'github.com', type: 'github' } as const;
const gitlab = { host: 'gitlab.com', type: 'gitlab' } as const;
const enterprise = { host: 'git.acme.example', type: 'github' } as const;

const INVALID = 'A token must be ASCII text without spaces.';
const kept = new Map<string, string>();
const warnings: string[] = [];

/** No server answers. */
const http = { send: () => Promise.resolve({ type: 'timeout' } as const) };

function accounts(): ForgeAccounts {
  const secrets = {
    get: (key: string) => Promise.resolve(kept.get(key)),
    store: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
    onDidChange: () => ({ dispose: () => {} }),
  } satisfies SecretStorage;
  const logger = {
    ...silentLogger,
    warn: (message: string) => void warnings.push(message),
  };
  const hosts = new Map([...defaultRepoHosts, ['git.acme.example', 'github']]);
  return new ForgeAccounts({
    secrets,
    logger,
    settings: () => Promise.resolve({ ...defaultScaffolderSettings, hosts }),
    http,
    clock: new TestClock(),
  });
}

beforeEach(() => {
  kept.clear();
  warnings.length = 0;
  editor.sessions.clear();
  Object.assign(editor, {
    isSignedIn: true,
    enterpriseUri: undefined,
    asked: [],
    typed: [],
    picked: [],
    shown: [],
    prompts: [],
  });
});

describe('GitHub account', () => {
  it('is the current session, or a new sign-in', async () => {
    editor.sessions.set('github', 'old');
    expect(await accounts().find(github, signal)).toBe('old');
    editor.sessions.clear();
    expect(await accounts().find(github, signal)).toBe('new-github');
    expect(editor.asked.map(({ options }) => options)).toEqual([
      { silent: true },
      { silent: true },
      { createIfNone: { detail: 'A Callboard template publishes to github.com.' } },
    ]);
    expect(new Set(editor.asked.map(({ scopes }) => scopes.join()))).toEqual(
      new Set(['repo,workflow,user:email,read:user']),
    );
    expect(kept).toEqual(new Map());
  });

  it('is undefined if the user declines to sign in', async () => {
    editor.isSignedIn = false;
    expect(await accounts().find(github, signal)).toBeUndefined();
    expect(warnings).toEqual([
      'There is no session of github: Error: User did not consent to login.',
    ]);
  });

  it('is used for the enterprise host of VS Code, and for no other', async () => {
    editor.enterpriseUri = 'https://git.acme.example/';
    expect(await accounts().find(enterprise, signal)).toBe('new-github-enterprise');
    editor.enterpriseUri = 'https://other.example';
    editor.asked.length = 0;
    editor.typed = ['typed'];
    expect(await accounts().find(enterprise, signal)).toBe('typed');
    expect(editor.asked).toEqual([]);
    expect(withEnterpriseHost(defaultRepoHosts).get('other.example')).toBe('github');
  });

  it('is replaced by a stored token', async () => {
    const mine = accounts();
    await mine.setToken(github, 'set');
    expect(await mine.find(github, signal)).toBe('set');
    expect(editor.asked).toEqual([]);
  });
});

describe('git host', () => {
  it("is opened with the user's account", async () => {
    editor.sessions.set('github', 'mine');
    const forge = await accounts().open('github.com', signal);
    expect(forge?.authorization).toBe(`Basic ${btoa('x-access-token:mine')}`);
    await expect(forge?.owners(signal)).rejects.toThrow("github.com didn't respond");
    expect(await accounts().open('bitbucket.org', signal)).toBeUndefined();
  });
});

describe('GitLab account', () => {
  it('asks for a token once and stores it for its host only', async () => {
    editor.typed = ['', 'two words', ' glpat-1 '];
    expect(await accounts().find(gitlab, signal)).toBe('glpat-1');
    expect(await accounts().find(gitlab, signal)).toBe('glpat-1');
    expect(editor.prompts).toEqual(['secret A personal access token with the scope api']);
    expect(editor.shown).toEqual([INVALID, INVALID]);
    expect(kept).toEqual(new Map([['callboard.templates.token:gitlab.com', 'glpat-1']]));
    expect(await accounts().hasToken({ host: 'lab.acme.example', type: 'gitlab' })).toBe(false);
  });

  it('asks for no token without a waiting caller, and may be dismissed', async () => {
    expect(await accounts().hasToken(gitlab)).toBe(false);
    expect(editor.prompts).toEqual([]);
    editor.typed = [undefined];
    expect(await accounts().find(gitlab, signal)).toBeUndefined();
    await expect(accounts().find(gitlab, AbortSignal.abort(new Error('stop')))).rejects.toThrow(
      'stop',
    );
  });
});

describe('stored token of a host', () => {
  it('is set, replaced, removed and never shown', async () => {
    const mine = accounts();
    editor.picked = ['gitlab.com'];
    editor.typed = ['first'];
    await setToken(mine);
    editor.picked = ['gitlab.com', 'Replace'];
    editor.typed = ['second'];
    await setToken(mine);
    expect([...kept.values()]).toEqual(['second']);
    editor.picked = ['gitlab.com', 'Remove'];
    await setToken(mine);
    expect(kept).toEqual(new Map());
    expect(editor.shown).toEqual([
      'github.com: GitHub, gitlab.com: GitLab, git.acme.example: GitHub',
      'Saved the access token for gitlab.com in secret storage.',
      'github.com: GitHub, gitlab.com: GitLab · token set, git.acme.example: GitHub',
      '$(key) Replace Token, $(trash) Remove Token',
      'Saved the access token for gitlab.com in secret storage.',
      'github.com: GitHub, gitlab.com: GitLab · token set, git.acme.example: GitHub',
      '$(key) Replace Token, $(trash) Remove Token',
      'Removed the access token for gitlab.com.',
    ]);
  });

  it('stays the same if the user cancels', async () => {
    const mine = accounts();
    await mine.setToken(gitlab, 'kept');
    editor.picked = ['-'];
    await setToken(mine);
    editor.picked = ['gitlab.com', '-'];
    await setToken(mine);
    editor.picked = ['gitlab.com', 'Replace'];
    editor.typed = [undefined];
    await setToken(mine);
    expect([...kept.values()]).toEqual(['kept']);
  });
});
