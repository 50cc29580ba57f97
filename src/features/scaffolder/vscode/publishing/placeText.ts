import * as vscode from 'vscode';
import { isBranchName, readRemoteUrl } from '../../core';
import type { LaunchPlace } from '../../core/pages';

/** What is wrong with the text that was entered for a place; undefined for nothing. */
export function placeTextFault(type: LaunchPlace['type'], text: string): string | undefined {
  if (type === 'branch' && !isBranchName(text)) {
    return vscode.l10n.t('This is no name of a branch.');
  }
  if (type === 'remote' && !readRemoteUrl(text).ok) {
    return vscode.l10n.t(
      'This is no address with https or ssh and without a password, nor the absolute path of a repository.',
    );
  }
  return undefined;
}
