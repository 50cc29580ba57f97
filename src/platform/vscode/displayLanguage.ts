import * as vscode from 'vscode';
import type { DisplayLanguage } from '../../base';

/** Returns the editor's display language, with the translations of this extension. */
export function displayLanguage(): DisplayLanguage {
  return { locale: vscode.env.language, texts: vscode.l10n.bundle ?? {} };
}
