import * as vscode from 'vscode';
import { parseUri } from '../../../base';
import type { Problem } from '../../../model';
import type { ProblemNode } from '..';

/** Where commands lead from a row. */
export const problemWays = {
  'callboard.problems.open': (node: ProblemNode | undefined) =>
    openFirst(node, vscode.ViewColumn.Active),

  'callboard.problems.openToSide': (node: ProblemNode | undefined) =>
    openFirst(node, vscode.ViewColumn.Beside),

  async 'callboard.problems.revealEntity'(node: ProblemNode | undefined) {
    const ref =
      node?.type === 'problem'
        ? node.problem.entityRef
        : node?.type === 'group' && node.by === 'entity'
          ? node.key
          : undefined;
    if (ref !== undefined) {
      await vscode.commands.executeCommand('callboard.catalog.revealEntity', ref);
    }
  },

  async 'callboard.problems.explain'(node: ProblemNode | undefined) {
    const code =
      node?.type === 'problem'
        ? node.problem.code
        : node?.type === 'group' && node.by === 'code'
          ? node.key
          : undefined;
    await vscode.commands.executeCommand('callboard.explainProblem', code);
  },
} as const;

async function openFirst(
  node: ProblemNode | undefined,
  viewColumn: vscode.ViewColumn,
): Promise<void> {
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
