import * as vscode from 'vscode';
import type { Disposable } from '../../../../../api';
import { asProblemNode, type ProblemViewContext } from '../problemViewContext';

const COMMAND = 'callboard.problems.addKind';

/** Add Kind…, in the command palette and as the quick fix of a kind that nobody knows. */
export function registerAddKind({ actions, catalog }: ProblemViewContext): readonly Disposable[] {
  return [
    actions.registerCommand(COMMAND, async argument => {
      const { addKind } = await import('../addKind');
      const node = asProblemNode(argument);
      const ofNode = node?.type === 'problem' ? node.problem.cause?.subject : undefined;
      await addKind(typeof argument === 'string' ? argument : ofNode, catalog);
    }),
    vscode.languages.registerCodeActionsProvider(
      { language: 'yaml' },
      { provideCodeActions: (_document, _range, { diagnostics }) => fixes(diagnostics) },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  ];

  function fixes(diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
    return diagnostics.filter(isUnknownKind).flatMap(diagnostic => {
      const kind = kindAt(diagnostic);
      if (kind === undefined) return [];
      const title = vscode.l10n.t('Add Kind…');
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.command = { command: COMMAND, title, arguments: [kind] };
      return action;
    });
  }

  /** Undefined for what is nearly a known kind, which is to be changed. */
  function kindAt({ message }: vscode.Diagnostic): string | undefined {
    return catalog.getProblems().find(problem => problem.message === message)?.cause?.subject;
  }
}

function isUnknownKind({ source, code }: vscode.Diagnostic): boolean {
  const value = typeof code === 'object' ? code.value : code;
  return source === 'callboard' && value === 'unknown-kind';
}
