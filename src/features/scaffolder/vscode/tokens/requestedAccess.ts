import * as vscode from 'vscode';
import type { LoadedTemplate, TemplateInput } from '../../../../api';
import { printable, printableName } from '../../../../base';
import { type RequestedSecret, requestedSecrets, type ResolvedForm } from '../../core';
import { confirm } from '../consent/agreement';
import type { ForgeAccounts } from './forgeAccounts';

export interface RequestedAccessDeps {
  /** The Template's form for the current values. */
  readonly form: ResolvedForm;
  readonly accounts: Pick<ForgeAccounts, 'hosts' | 'find'>;
  readonly signal: AbortSignal;
}

/** Whether a Template may request the user's access, which its form then determines. */
export function asksForAccess({ entity }: LoadedTemplate): boolean {
  return JSON.stringify(entity).includes('requestUserCredentials');
}

/**
 * Adds the secrets that a Template requests with `requestUserCredentials`, after the user agrees. They go only
 * to the run, never to a page.
 * @returns undefined if the user doesn't agree
 */
export async function withRequestedAccess(
  { title }: LoadedTemplate,
  input: TemplateInput,
  { form, accounts, signal }: RequestedAccessDeps,
): Promise<TemplateInput | undefined> {
  const secrets = { ...input.secrets };
  const hosts = await accounts.hosts();
  for (const wanted of missingSecrets(form, input)) {
    const host = hosts.find(one => one.host === wanted.host);
    // Callboard has no tokens for other hosts.
    if (!host) continue;
    if (!(await confirmAccess(title, wanted))) return undefined;
    const token = await accounts.find(host, signal);
    if (token === undefined) return undefined;
    secrets[wanted.name] = token;
  }
  return { ...input, secrets };
}

/** Adds placeholders for requested secrets without asking, for dry runs. */
export function withPlaceholderSecrets(input: TemplateInput, form: ResolvedForm): TemplateInput {
  const standIns = missingSecrets(form, input).map(({ name }): [string, string] => [name, '***']);
  return { ...input, secrets: { ...Object.fromEntries(standIns), ...input.secrets } };
}

function missingSecrets(
  form: ResolvedForm,
  { secrets }: TemplateInput,
): readonly RequestedSecret[] {
  return requestedSecrets(form).filter(({ name }) => !secrets[name]);
}

async function confirmAccess(title: string, { name, host }: RequestedSecret): Promise<boolean> {
  const give = vscode.l10n.t('Grant Access');
  const message = vscode.l10n.t('{0} requests your access to {1}.', printable(title), host);
  const detail = vscode.l10n.t(
    "Its steps receive your access token as the secret {0}, and can act as you on {1}. The token isn't stored.",
    printableName(name),
    host,
  );
  return confirm(message, detail, give);
}
