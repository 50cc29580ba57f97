import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoadedTemplate, TemplateInput } from '../../../../../../src/api';
import { emptyForm } from '../../../../../../src/features/scaffolder/core';
import { resolveForm } from '../../../../../../src/features/scaffolder/core/forms/resolveForm';
import {
  asksForAccess,
  withRequestedAccess,
  withPlaceholderSecrets,
} from '../../../../../../src/features/scaffolder/vscode/tokens/requestedAccess';
import { defaultRepoHosts, type ForgeHost } from '../../../../../../src/features/scm/core/forges';

const user = vi.hoisted(() => ({ agrees: true, asked: [] as unknown[] }));

vi.mock('vscode', () => ({
  l10n: {
    t: (message: string, ...values: string[]) =>
      message.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? ''),
  },
  window: {
    showWarningMessage(message: string, { detail }: { detail: string }, answer: string) {
      user.asked.push([message, detail]);
      return Promise.resolve(user.agrees ? answer : undefined);
    },
  },
}));

const entity = {
  spec: {
    parameters: {
      properties: {
        repoUrl: {
          type: 'string',
          'ui:field': 'RepoUrlPicker',
          'ui:options': { requestUserCredentials: { secretsKey: 'TOKEN' } },
        },
      },
    },
  },
};
const template = { title: 'Service', entity } as unknown as LoadedTemplate;

const inputOn = (host: string, secrets: TemplateInput['secrets'] = {}): TemplateInput => ({
  values: { repoUrl: `${host}?owner=acme&repo=shop` },
  secrets,
});

const formOf = ({ values }: TemplateInput) =>
  resolveForm({
    parameters: entity.spec.parameters,
    state: { ...emptyForm, values },
    hosts: defaultRepoHosts,
  });

const letIn: ForgeHost[] = [];

const hosts = (): Promise<readonly ForgeHost[]> =>
  Promise.resolve([
    { host: 'github.com', type: 'github' },
    { host: 'gitlab.com', type: 'gitlab' },
  ]);

function given(input: TemplateInput, token: string | undefined = 'tok'): Promise<unknown> {
  return withRequestedAccess(template, input, {
    form: formOf(input),
    accounts: {
      hosts,
      find(host) {
        letIn.push(host);
        return Promise.resolve(token);
      },
    },
    signal: new AbortController().signal,
  });
}

beforeEach(() => {
  Object.assign(user, { agrees: true, asked: [] });
  letIn.length = 0;
});

describe('access requested by a template', () => {
  it('is passed to its steps after the user agreed', async () => {
    expect(await given(inputOn('github.com', { other: 'x' }))).toEqual(
      inputOn('github.com', { other: 'x', TOKEN: 'tok' }),
    );
    expect(letIn).toEqual([{ host: 'github.com', type: 'github' }]);
    expect(user.asked).toEqual([
      [
        'Service requests your access to github.com.',
        "Its steps receive your access token as the secret TOKEN, and can act as you on github.com. The token isn't stored.",
      ],
    ]);
  });

  it('is not passed if the user declines or does not sign in', async () => {
    user.agrees = false;
    expect(await given(inputOn('gitlab.com'))).toBeUndefined();
    expect(letIn).toEqual([]);
    user.agrees = true;
    const input = inputOn('gitlab.com');
    const nobody = withRequestedAccess(template, input, {
      form: formOf(input),
      accounts: { hosts, find: () => Promise.resolve(undefined) },
      signal: new AbortController().signal,
    });
    expect(await nobody).toBeUndefined();
  });

  it('is not requested if it exists or the host is unknown', async () => {
    const own = inputOn('github.com', { TOKEN: 'own' });
    expect(await given(own)).toEqual(own);
    const unknown = inputOn('evil.example');
    expect(await given(unknown)).toEqual(unknown);
    expect(user.asked).toEqual([]);
  });

  it('has a placeholder in a dry run', () => {
    const input = inputOn('github.com');
    expect(withPlaceholderSecrets(input, formOf(input)).secrets).toEqual({ TOKEN: '***' });
    const own = inputOn('github.com', { TOKEN: 'own' });
    expect(withPlaceholderSecrets(own, formOf(own)).secrets).toEqual({ TOKEN: 'own' });
    expect(user.asked).toEqual([]);
  });

  it('is detected in forms that request it', () => {
    const other = { entity: { spec: { parameters: {} } } } as unknown as LoadedTemplate;
    expect([asksForAccess(template), asksForAccess(other)]).toEqual([true, false]);
  });
});
