import * as vscode from 'vscode';
import type { ActionProgress, ActionsService } from '../../api';
import { asSentence, type Disposable, type Logger, messageWithAdvice } from '../../base';
import { withoutLinks } from '../core';
import type { Clock } from '../core/ports';
import { isCancellation } from './convert';

/** The time in milliseconds after which a running action shows progress with a Cancel button. */
const PATIENCE = 500;

interface ActionsDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly showLog: () => void;
  /** Titles of the manifest's commands, by id. */
  readonly titles: ReadonlyMap<string, string>;
}

/** Runs user actions, see the interface, and reports their errors. */
export class VsCodeActionsService implements ActionsService {
  readonly #deps: ActionsDeps;

  constructor(deps: ActionsDeps) {
    this.#deps = deps;
  }

  async run<T>(name: string, action: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      if (isCancellation(error)) {
        this.#deps.logger.debug(`"${name}" was cancelled`);
      } else {
        this.#deps.logger.error(`"${name}" failed`, error);
        // Not awaited: the action has ended, while the notification may stay open.
        void this.#notify(
          vscode.l10n.t('{0} failed: {1}', name, asSentence(messageWithAdvice(error))),
        );
      }
      return undefined;
    }
  }

  async withProgress<T>(title: string, task: (progress: ActionProgress) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    let message = '';
    let show = (): void => {};
    const running = task({
      signal: abort.signal,
      report: latest => {
        message = latest;
        show();
      },
    });
    if (await this.#isOverSoon(running)) return running;
    return vscode.window.withProgress(
      // Titles can contain untrusted names, and links in them would run commands.
      {
        location: vscode.ProgressLocation.Notification,
        title: withoutLinks(title),
        cancellable: true,
      },
      (progress, token) => {
        show = () => progress.report({ message: withoutLinks(message) });
        if (message) show();
        token.onCancellationRequested(() => abort.abort());
        return running;
      },
    );
  }

  registerCommand(id: string, action: (...args: unknown[]) => unknown): Disposable {
    const name = this.#deps.titles.get(id) ?? id;
    return vscode.commands.registerCommand(id, (...args: unknown[]) =>
      this.run(name, () => action(...args)),
    );
  }

  /** Whether the action ends before its progress would be shown: a notification stays for a while. */
  async #isOverSoon(running: Promise<unknown>): Promise<boolean> {
    const ended = new AbortController();
    const end = (): void => ended.abort();
    running.then(end, end);
    try {
      await this.#deps.clock.delay(PATIENCE, ended.signal);
      return false;
    } catch {
      // `end` aborts the wait.
      return true;
    }
  }

  async #notify(message: string): Promise<void> {
    const showLog = vscode.l10n.t('Show Log');
    const answer = await vscode.window.showErrorMessage(withoutLinks(message), showLog);
    if (answer === showLog) this.#deps.showLog();
  }
}

/** Reads the titles of the extension's commands by id, from its manifest. */
export function readCommandTitles(manifest: unknown): ReadonlyMap<string, string> {
  const { contributes } = manifest as {
    contributes?: { commands?: readonly { command: string; title: string }[] };
  };
  return new Map((contributes?.commands ?? []).map(({ command, title }) => [command, title]));
}
