import * as vscode from 'vscode';
import type { ProblemSourcesExtensionPoint } from '../../../api';
import { type Disposable, formatUri } from '../../../base';
import { LiveDefinitionProblems, type LiveDefinitionProblemsDeps } from '../liveDefinitionProblems';
import type { OpenText } from '../openApis';

/** Tells what is wrong with the definitions of APIs, as the files on the disk and the editors have them. */
export function followDefinitions(
  problems: ProblemSourcesExtensionPoint,
  deps: Omit<LiveDefinitionProblemsDeps, 'openTexts'>,
): readonly Disposable[] {
  const openTexts = (): readonly OpenText[] =>
    vscode.workspace.textDocuments.map(({ uri, version }) => ({ uri: catalogUri(uri), version }));
  const source = new LiveDefinitionProblems({ ...deps, openTexts });
  const soon = (): void => source.lookSoon();
  return [
    source,
    problems.addProblemSource(source),
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidCloseTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument(soon),
  ];
}

/** As the catalog spells it: with drive letters in lower case. */
function catalogUri({ scheme, authority, path }: vscode.Uri): string {
  const lower = path.replace(/^\/[A-Z]:/, drive => drive.toLowerCase());
  return formatUri({ scheme, authority, path: lower });
}
