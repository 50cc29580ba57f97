import * as vscode from 'vscode';
import type { TemplateRunResult } from '../../api';
import { type Disposable, DisposableStore } from '../../base';

/** What runs of templates said, in an output channel of its own that comes with the first. */
export class RunLog implements Disposable {
  readonly #store = new DisposableStore();
  #channel: vscode.OutputChannel | undefined;

  append(stepId: string | undefined, message: string): void {
    this.#open().appendLine(stepId === undefined ? message : `[${stepId}] ${message}`);
  }

  /** All of a run that is over. */
  write(title: string, { steps, error }: TemplateRunResult): void {
    const channel = this.#open();
    channel.appendLine(title);
    for (const { id, log } of steps) for (const line of log) this.append(id, line);
    if (error !== undefined) channel.appendLine(error);
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
