import * as vscode from 'vscode';
import type { ActionsService } from '../api';
import { type Disposable, type Logger, errorMessage, withoutLinks } from '../base';
import { isCancellation } from './convert';

/** The wrapper around user actions, see the interface; errors end here. */
export class VsCodeActionsService implements ActionsService {
  #logger: Logger;
  #showLog: () => void;
  #titles: ReadonlyMap<string, string>;

  constructor(deps: {
    logger: Logger;
    showLog: () => void;
    /** Of the commands in the manifest, by id. */
    titles: ReadonlyMap<string, string>;
  }) {
    this.#logger = deps.logger;
    this.#showLog = deps.showLog;
    this.#titles = deps.titles;
  }

  async run<T>(name: string, action: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      if (isCancellation(error)) {
        this.#logger.debug(`"${name}" was cancelled`);
      } else {
        this.#logger.error(`"${name}" failed`, error);
        // Not awaited: the action is over, the notification may stand as long as it likes.
        void this.#notify(vscode.l10n.t('{0} failed: {1}', name, errorMessage(error)));
      }
      return undefined;
    }
  }

  registerCommand(id: string, action: (...args: unknown[]) => unknown): Disposable {
    const name = this.#titles.get(id) ?? id;
    return vscode.commands.registerCommand(id, (...args: unknown[]) =>
      this.run(name, () => action(...args)),
    );
  }

  async #notify(message: string): Promise<void> {
    const showLog = vscode.l10n.t('Show Log');
    const answer = await vscode.window.showErrorMessage(withoutLinks(message), showLog);
    if (answer === showLog) this.#showLog();
  }
}

/** The titles of the extension's commands, by their ids, from its manifest. */
export function readCommandTitles(manifest: unknown): ReadonlyMap<string, string> {
  const { contributes } = manifest as {
    contributes?: { commands?: readonly { command: string; title: string }[] };
  };
  return new Map((contributes?.commands ?? []).map(({ command, title }) => [command, title]));
}
