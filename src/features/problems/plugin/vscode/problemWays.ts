import * as vscode from 'vscode';
import type { Problem } from '../../../../api';
import { parseUri } from '../../../../base';
import { failedSourceOf, type ProblemNode } from '..';
import type { ProblemViewContext } from './problemViewContext';

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

  async 'callboard.problems.refreshSource'(
    node: ProblemNode | undefined,
    { sources }: Pick<ProblemViewContext, 'sources'>,
  ) {
    const failed = node?.type === 'problem' ? failedSourceOf(node.problem) : undefined;
    const source = sources.getSources().find(({ name }) => name === failed);
    if (source) await vscode.commands.executeCommand('callboard.sources.refresh', source.id);
    else await vscode.commands.executeCommand('callboard.sources.show');
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

async function openProblem(problem: Problem, viewColumn: vscode.ViewColumn): Promise<void> {
  const { code, file, range } = problem;
  if (failedSourceOf(problem) !== undefined) {
    await vscode.commands.executeCommand('callboard.sources.show');
    return;
  }
  if (code === 'folder-unreadable' && file !== undefined) {
    await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.from(parseUri(file)));
    return;
  }
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
