import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../../base';

/** What runs of templates said, in an output channel of its own that comes with the first. */
export class RunLog implements Disposable {
  readonly #store = new DisposableStore();
  #channel: vscode.OutputChannel | undefined;

  append(stepId: string | undefined, message: string): void {
    this.#open().appendLine(stepId === undefined ? message : `[${stepId}] ${message}`);
  }

  /** Another run begins. */
  begin(title: string): void {
    this.#open().appendLine(`${title}:`);
  }

  show(preserveFocus: boolean): void {
    this.#open().show(preserveFocus);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #open(): vscode.OutputChannel {
    return (this.#channel ??= this.#store.add(
      vscode.window.createOutputChannel(vscode.l10n.t('Callboard Templates')),
    ));
  }
}
