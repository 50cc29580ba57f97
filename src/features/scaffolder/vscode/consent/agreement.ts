import * as vscode from 'vscode';
import { printable } from '../../../../base';
import { withoutLinks } from '../../../../platform/core';

/**
 * Shows a modal question.
 * @returns the selected action, or undefined if the user cancels
 */
export async function askModal(
  message: string,
  detail: string,
  ...actions: readonly string[]
): Promise<string | undefined> {
  const options = { modal: true, detail };
  return vscode.window.showWarningMessage(withoutLinks(message), options, ...actions);
}

/** Whether the user agrees to an effect on another machine. */
export async function confirm(message: string, detail: string, action: string): Promise<boolean> {
  return (await askModal(printable(message), detail, action)) === action;
}
