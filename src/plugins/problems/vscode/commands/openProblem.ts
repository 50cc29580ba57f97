import * as vscode from 'vscode';
import { type Disposable, parseUri } from '../../../../base';
import type { Problem } from '../../../../model';
import { asProblemNode, type ProblemViewContext } from '../problemViewContext';

/** Go to Problem, beside the editor as well; and from a row to its entity in the Catalog. */
export function registerOpenProblem({ actions }: ProblemViewContext): readonly Disposable[] {
  return [
    actions.registerCommand('callboard.problems.open', argument =>
      openFirst(argument, vscode.ViewColumn.Active),
    ),
    actions.registerCommand('callboard.problems.openToSide', argument =>
      openFirst(argument, vscode.ViewColumn.Beside),
    ),
    actions.registerCommand('callboard.problems.revealEntity', async argument => {
      const node = asProblemNode(argument);
      const ref =
        node?.type === 'problem'
          ? node.problem.entityRef
          : node?.type === 'group' && node.by === 'entity'
            ? node.key
            : undefined;
      if (ref !== undefined) {
        await vscode.commands.executeCommand('callboard.catalog.revealEntity', ref);
      }
    }),
    actions.registerCommand('callboard.problems.explain', async argument => {
      const node = asProblemNode(argument);
      const code =
        node?.type === 'problem'
          ? node.problem.code
          : node?.type === 'group' && node.by === 'code'
            ? node.key
            : undefined;
      await vscode.commands.executeCommand('callboard.explainProblem', code);
    }),
  ];
}

async function openFirst(argument: unknown, viewColumn: vscode.ViewColumn): Promise<void> {
  const node = asProblemNode(argument);
  const problem =
    node?.type === 'problem'
      ? node.problem
      : node?.type === 'group'
        ? node.problems.find(({ file }) => file !== undefined)
        : undefined;
  if (problem) await openProblem(problem, viewColumn);
}

async function openProblem({ file, range }: Problem, viewColumn: vscode.ViewColumn): Promise<void> {
  if (file === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('This entity comes from a plugin; there is no file to open.'),
    );
    return;
  }
  const { start, end } = range;
  await vscode.window.showTextDocument(vscode.Uri.from(parseUri(file)), {
    viewColumn,
    preview: true,
    selection: new vscode.Range(start.line, start.character, end.line, end.character),
  });
}
