import * as vscode from 'vscode';
import { printable } from '../../../../base';
import { withoutLinks } from '../../../../platform/core';

/** Whether the user agrees to what is done on another machine. */
export async function isAgreed(message: string, detail: string, action: string): Promise<boolean> {
  const options = { modal: true, detail };
  const answer = await vscode.window.showWarningMessage(
    withoutLinks(printable(message)),
    options,
    action,
  );
  return answer === action;
}
