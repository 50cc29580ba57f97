import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { CommandCalls } from './commandCalls';

/** Errors of the editor itself, on its console or uncaught, independent of Callboard. */
const OF_EDITOR: readonly RegExp[] = [
  // This build has no module that signs requests to Microsoft's services.
  /\/static\/node_modules\/vsda\/rust\/web\/vsda(?:\.js|_bg\.wasm)\)$/,
  // The editor asks for a GitHub account, for its chat; the extension that signs in isn't part of this build.
  /Timed out waiting for authentication provider 'github' to register/,
  // The editor waits 1.75 s for extensions before it saves a file, also for an extension host that has just been started.
  /Aborted onWillSaveTextDocument-event after \d+ms/,
  // The editor's own script around each webview looks for the focus every 250 ms, also while the page has no body yet.
  /reading 'classList'\)\s+at \S+\/contrib\/webview\/browser\/pre\/index\.html\S+$/,
];

/** Errors that extensions of the editor write to the log of the extension host, by the folder of the extension. */
const OF_BUILT_IN_EXTENSIONS: readonly { readonly folder: string; readonly text: RegExp }[] = [
  // Its server ends with the window, and logs that after its channel was closed.
  { folder: 'json-language-features', text: /\[error\] Error: Channel has been closed\n/ },
];

/** Collects errors of a window: console errors and uncaught failures. */
export class WindowProblems {
  #problems: string[] = [];
  #logged = new Set<string>();
  #loaded = new Set<string>();
  #page: Page | undefined;
  #since = 0;
  /** The step of the journey that a problem is reported for. */
  step = 'start';

  /** Commands that are running in the window. */
  readonly commands = new CommandCalls();

  /**
   * Starts collecting errors of a window. Stops collecting those of the previous one, which logs errors while it
   * closes.
   */
  watch(page: Page): void {
    this.#page = page;
    this.#since = Date.now();
    this.#problems = [];
    this.commands.watch(page);
    page.on('console', message => {
      if (page !== this.#page) return;
      const text = `${message.text()} (${message.location().url})`;
      if (message.type() !== 'error' || OF_EDITOR.some(known => known.test(text))) return;
      this.add(`console: ${text}`);
    });
    page.on('pageerror', error => {
      const text = error.stack ?? error.message;
      if (page !== this.#page || OF_EDITOR.some(known => known.test(text))) return;
      this.add(`uncaught: ${text}`);
    });
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
    const logged = errorsInLogs(join(dataFolder, 'logs'), this.#since);
    const problems = [...this.#problems, ...logged.filter(entry => !this.#logged.has(entry))];
    this.#problems = [];
    for (const entry of logged) this.#logged.add(entry);
    return problems;
  }
}

/** Start of log entries, in local time. */
const TIME = '2026-11-30 15:30:36.000';

function isOfBuiltInExtension(entry: string): boolean {
  return OF_BUILT_IN_EXTENSIONS.some(
    ({ folder, text }) => entry.includes(`/lib/vscode/extensions/${folder}/`) && text.test(entry),
  );
}

/** The lines of level error of the extension host, and of Callboard's own log, from a time on (milliseconds). */
function errorsInLogs(folder: string, since: number): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /remoteexthost\.log$|callboard\.callboard.*\.log$/i.test(name))
    .flatMap(name =>
      readFileSync(join(folder, name), 'utf8')
        .split(/\n(?=\d{4}-)/)
        .filter(entry => entry.includes('[error]') && !isOfBuiltInExtension(entry))
        .filter(entry => Date.parse(entry.slice(0, TIME.length)) >= since)
        .map(entry => `${name}: ${entry.trim()}`),
    );
}
