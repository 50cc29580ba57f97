import * as vscode from 'vscode';
import { joinUri } from '../../../../base';
import type { Problem } from '../../../../model';
import { withoutIcons, withoutLinks } from '../../../../platform/core';
import { decodeText } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { fromUri, toRange, toUri } from '../../../../platform/vscode/convert';
import { RECORD_PATH } from '../../core';
import { readRecords, type TemplateRecord } from '../../core/drift';

/** So many projects can be chosen from. */
const MOST_PROJECTS = 1000;

/**
 * The project that was asked for, or the one that the user chooses of those that say what they were made from.
 *
 * @param asked - URI of its folder, or of something in its `.callboard`
 * @returns URI of its folder; undefined where there is none, which was told
 */
export async function chooseProject(asked: string | undefined): Promise<string | undefined> {
  if (asked !== undefined) return projectOf(asked);
  const found = await vscode.workspace.findFiles(
    `**/${RECORD_PATH}`,
    '**/node_modules/**',
    MOST_PROJECTS,
  );
  const projects = found.map(uri => projectOf(fromUri(uri))).sort();
  if (projects.length < 2) {
    if (projects.length === 0) void tellNothing();
    return projects[0];
  }
  const items = projects.map(folder => ({
    label: `$(folder) ${withoutIcons(vscode.workspace.asRelativePath(toUri(folder), true))}`,
    folder,
  }));
  const title = vscode.l10n.t('Check for Template Updates');
  const placeHolder = vscode.l10n.t('Which project?');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.folder;
}

function projectOf(uri: string): string {
  const at = uri.search(/\/\.callboard(\/template\.yaml)?$/);
  return at < 0 ? uri : uri.slice(0, at);
}

function tellNothing(): Thenable<unknown> {
  return vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Nothing here says which template it was made from. Projects that Callboard makes from a template do.',
    ),
  );
}

/** What a project was made from, the one that the user chooses of several; undefined where nothing can be relied on. */
export async function chooseRecord(
  folder: string,
  { fileSystem }: { readonly fileSystem: FileSystem },
): Promise<TemplateRecord | undefined> {
  const file = joinUri(folder, RECORD_PATH);
  if ((await fileSystem.stat(file))?.type !== 'file') {
    void tellNothing();
    return undefined;
  }
  const { records, problems } = readRecords(decodeText(await fileSystem.readFile(file)), file);
  const [problem] = problems;
  if (problem) {
    void tellProblem(problem, file);
    return undefined;
  }
  if (records.length < 2) return records[0];
  const items = records.map(record => ({ label: withoutIcons(record.template.ref), record }));
  const title = vscode.l10n.t('Check for Template Updates');
  const placeHolder = vscode.l10n.t('Which template?');
  return (await vscode.window.showQuickPick(items, { title, placeHolder }))?.record;
}

async function tellProblem({ message, range }: Problem, file: string): Promise<void> {
  const open = vscode.l10n.t('Open File');
  const told = vscode.l10n.t('What the project was made from cannot be read: {0}', message);
  const answer = await vscode.window.showErrorMessage(withoutLinks(told), open);
  if (answer === open) {
    await vscode.window.showTextDocument(toUri(file), { selection: toRange(range) });
  }
}
