import * as vscode from 'vscode';
import {
  type CatalogService,
  type Disposable,
  formatEditorUri,
  parseUri,
  type Problem,
  type ProblemFix,
  type Range,
} from '../../../../api';

/** Offers the fixes that problems bring along as quick fixes. */
export function registerProblemFixes(catalog: CatalogService): Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { pattern: '**/*' },
    {
      provideCodeActions(document, range, { diagnostics }) {
        const codes = new Set(diagnostics.map(codeOf));
        return catalog
          .getProblems({ file: formatEditorUri(document.uri), ungrouped: true })
          .filter(({ code, fixes, range: place }) => {
            return fixes?.length && codes.has(code) && toRange(place).intersection(range);
          })
          .flatMap(problem => actionsFor(problem, document.uri, diagnostics));
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function actionsFor(
  { code, fixes = [], range }: Problem,
  uri: vscode.Uri,
  diagnostics: readonly vscode.Diagnostic[],
): readonly vscode.CodeAction[] {
  return fixes.flatMap(fix => {
    const edit = editOf(fix, uri);
    if (!edit) return [];
    const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
    action.edit = edit;
    action.diagnostics = diagnostics.filter(
      diagnostic => codeOf(diagnostic) === code && diagnostic.range.isEqual(toRange(range)),
    );
    return action;
  });
}

/** Returns undefined if the fix would change files outside the workspace. */
function editOf({ edits }: ProblemFix, uri: vscode.Uri): vscode.WorkspaceEdit | undefined {
  const workspaceEdit = new vscode.WorkspaceEdit();
  for (const { file, range, newText } of edits) {
    const target = file === undefined ? uri : vscode.Uri.from(parseUri(file));
    if (!vscode.workspace.getWorkspaceFolder(target)) return undefined;
    workspaceEdit.replace(target, toRange(range), newText);
  }
  return workspaceEdit;
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}

function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
