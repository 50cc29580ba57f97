import * as vscode from 'vscode';
import { basenameUri, DisposableStore, joinUri, parseUri } from '../../../../base';
import { decodeText } from '../../../../platform/core/files';
import { toUri } from '../../../../platform/vscode/convert';
import type { FileUpdate } from '../../core/drift';

const SCHEME = 'callboard-update';
/** What VS Code's git extension opens its merges with; no part of the API. */
const MERGE_EDITOR = '_open.mergeEditor';

/** Shows what an update does to files, until it is disposed. */
export class UpdateEditors implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #texts = new Map<string, string>();
  readonly #project: string;
  readonly #title: string;

  /**
   * @param project - URI of its folder
   * @param title - of the Template
   */
  constructor(project: string, title: string) {
    this.#project = project;
    this.#title = title;
    this.#store.add(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: uri => this.#texts.get(uri.toString()) ?? '',
      }),
    );
  }

  /** Opens the merge editor, or where there is none the file with markers around what is to be decided. */
  async merge(update: FileUpdate): Promise<void> {
    const { path, base, mine, next, result } = update;
    if (!base || !mine || !next || !result) return this.compare(update);
    const file = toUri(joinUri(this.#project, path));
    // With markers in it, the merge editor begins with what could be merged, and says what is left.
    const document = await vscode.workspace.openTextDocument(file);
    if (!document.isDirty) await replaceText(document, decodeText(result.content));
    const commands = await vscode.commands.getCommands(false);
    if (!commands.includes(MERGE_EDITOR)) {
      await vscode.window.showTextDocument(document);
      return;
    }
    await vscode.commands.executeCommand(MERGE_EDITOR, {
      base: this.#textOf(path, 'base', base),
      input1: {
        uri: this.#textOf(path, 'template', next.content),
        title: this.#title,
        description: vscode.l10n.t('as the template makes it now'),
      },
      input2: {
        uri: this.#textOf(path, 'project', mine.content),
        title: basenameUri(this.#project),
        description: vscode.l10n.t('as it is in the project'),
      },
      output: file,
    });
  }

  /** Opens what is there beside what it becomes, or would become. */
  async compare({ path, mine, next, result, state }: FileUpdate): Promise<void> {
    const file = toUri(joinUri(this.#project, path));
    const after = state === 'conflict' ? next : result;
    const right = this.#textOf(path, 'template', after?.content ?? new Uint8Array());
    const left = mine ? file : this.#textOf(path, 'project', new Uint8Array());
    const title = vscode.l10n.t('{0} (with {1})', path, this.#title);
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
  }

  dispose(): void {
    this.#store.dispose();
  }

  #textOf(path: string, side: string, content: Uint8Array): vscode.Uri {
    const { path: absolute } = parseUri(joinUri(this.#project, path));
    const uri = vscode.Uri.from({ scheme: SCHEME, path: absolute, query: side });
    this.#texts.set(uri.toString(), decodeText(content));
    return uri;
  }
}

async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  edit.replace(document.uri, whole, text);
  await vscode.workspace.applyEdit(edit);
}
