import * as vscode from 'vscode';
import { withoutLinks } from '../../../platform/core';
import type { CapabilityRequest, PluginIdentity } from '../core';

/** Asks the user whether a plugin may use a capability. Undefined if the user decides later. */
export async function askPermission(
  plugin: PluginIdentity,
  request: CapabilityRequest,
): Promise<boolean | undefined> {
  const allow = vscode.l10n.t('Allow');
  const deny = vscode.l10n.t("Don't Allow");
  const from =
    plugin.extension === undefined
      ? undefined
      : vscode.l10n.t('From the extension {0}.', plugin.extension);
  const detail = [
    vscode.l10n.t('Action: {0}', request.detail),
    ...(from === undefined ? [] : [from]),
    vscode.l10n.t('You can change your answer in the Plugins view.'),
  ].join('\n');
  const answer = await vscode.window.showWarningMessage(
    withoutLinks(questionOf(plugin, request)),
    { modal: true, detail: withoutLinks(detail) },
    allow,
    deny,
  );
  return answer === undefined ? undefined : answer === allow;
}

function questionOf(plugin: PluginIdentity, { capability }: CapabilityRequest): string {
  const { title, capabilities } = plugin;
  const list = (targets: readonly string[] = []): string => targets.join(', ');
  switch (capability) {
    case 'edits':
      return vscode.l10n.t('Allow the plugin "{0}" to edit files?', title);
    case 'sources':
      return vscode.l10n.t('Allow the plugin "{0}" to contact and change sources?', title);
    case 'network':
      return vscode.l10n.t(
        'Allow the plugin "{0}" to contact {1}?',
        title,
        list(capabilities.network),
      );
    case 'run':
      return vscode.l10n.t('Allow the plugin "{0}" to run {1}?', title, list(capabilities.run));
    case 'secrets':
      return vscode.l10n.t('Allow the plugin "{0}" to store secrets?', title);
  }
}
