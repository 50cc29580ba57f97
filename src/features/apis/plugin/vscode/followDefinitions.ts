import * as vscode from 'vscode';
import type { ProblemSourcesExtensionPoint } from '../../../../api';
import { type Disposable, formatEditorUri } from '../../../../base';
import {
  LiveDefinitionProblems,
  type LiveDefinitionProblemsDeps,
} from '../definitions/liveDefinitionProblems';
import type { OpenText } from '../definitions/openApis';

/** Tells what is wrong with the definitions of APIs, as the files on the disk and the editors have them. */
export function followDefinitions(
  problems: ProblemSourcesExtensionPoint,
  deps: Omit<LiveDefinitionProblemsDeps, 'openTexts'>,
): readonly Disposable[] {
  const openTexts = (): readonly OpenText[] =>
    vscode.workspace.textDocuments.map(({ uri, version }) => ({
      uri: formatEditorUri(uri),
      version,
    }));
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
