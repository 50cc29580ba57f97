import * as vscode from 'vscode';
import { printable } from '../../../../base';
import { withoutLinks } from '../../../../platform/core';

/** Asks what has to be answered before anything else. @returns the action that was chosen; undefined for none */
export async function askModal(
  message: string,
  detail: string,
  ...actions: readonly string[]
): Promise<string | undefined> {
  const options = { modal: true, detail };
  return vscode.window.showWarningMessage(withoutLinks(message), options, ...actions);
}

/** Whether the user agrees to what is done on another machine. */
export async function isAgreed(message: string, detail: string, action: string): Promise<boolean> {
  return (await askModal(printable(message), detail, action)) === action;
}
