import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Whether an error comes from the workbench itself: it has no gallery, no account and no telemetry here. */
const isOfWorkbench = (text: string): boolean =>
  /\/static\/out\/vs\/|Failed to load resource|net::ERR_/.test(text) && !/callboard/i.test(text);

/** Collects what goes wrong in a window: errors on its console, and failures that nobody catches. */
export class WindowProblems {
  #problems: string[] = [];
  #logged = new Set<string>();
  #loaded = new Set<string>();
  /** The step of the journey that a problem is reported for. */
  step = 'start';

  watch(page: Page): void {
    page.on('console', message => {
      const text = `${message.text()} (${message.location().url})`;
      if (message.type() !== 'error' || isOfWorkbench(text)) return;
      this.add(`console: ${text}`);
    });
    page.on('pageerror', error => this.add(`uncaught: ${error.stack ?? error.message}`));
    page.on('response', response => {
      const [, path] = /\/dist\/webview\/([^?#]+)/.exec(decodeURIComponent(response.url())) ?? [];
      if (path !== undefined && response.ok()) this.#loaded.add(path);
    });
  }

  /** The files below `dist/webview` that were loaded. */
  get loaded(): ReadonlySet<string> {
    return this.#loaded;
  }

  add(problem: string): void {
    this.#problems.push(`${this.step}: ${problem}`);
  }

  /** Everything since the last call, with the errors in the logs of the extension host. */
  take(dataFolder: string): readonly string[] {
    const logged = errorsInLogs(join(dataFolder, 'logs'));
    const problems = [...this.#problems, ...logged.filter(entry => !this.#logged.has(entry))];
    this.#problems = [];
    for (const entry of logged) this.#logged.add(entry);
    return problems;
  }
}

/** Whether an error comes from an extension that ships with VS Code. */
const isOfBuiltInExtension = (entry: string): boolean =>
  entry.includes('/lib/vscode/extensions/') && !/callboard\./.test(entry);

/** The lines of level error of the extension host, and of Callboard's own log. */
function errorsInLogs(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /remoteexthost\.log$|callboard\.callboard.*\.log$/i.test(name))
    .flatMap(name =>
      readFileSync(join(folder, name), 'utf8')
        .split(/\n(?=\d{4}-)/)
        .filter(entry => entry.includes('[error]') && !isOfBuiltInExtension(entry))
        .map(entry => `${name}: ${entry.trim()}`),
    );
}
