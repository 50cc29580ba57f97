import * as vscode from 'vscode';
import {
  DisposableStore,
  errorMessage,
  formatUri,
  type Range,
  type ScaffolderService,
  type TemplateTestFailure,
} from '../../../../api';

/** Files with tests of templates. */
const FILES = '**/*.callboard-test.{yaml,yml}';

/** Context value of failures whose output can be accepted, for the menu of the message. */
const ACCEPTABLE = 'callboard.acceptable';

/** Tests of templates in the Testing view. Finds files when the view opens. */
export class TemplateTestsView implements vscode.Disposable {
  readonly #store = new DisposableStore();
  readonly #scaffolder: ScaffolderService;
  readonly #controller: vscode.TestController;
  #isWatching = false;

  constructor(scaffolder: ScaffolderService) {
    this.#scaffolder = scaffolder;
    this.#controller = this.#store.add(
      vscode.tests.createTestController('callboard.templates', vscode.l10n.t('Templates')),
    );
    this.#controller.resolveHandler = item => (item ? this.#read(item) : this.#find());
    this.#controller.refreshHandler = () => this.#find();
    this.#controller.createRunProfile(
      vscode.l10n.t('Run Template Tests'),
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      true,
    );
  }

  /** Accepts the output of a failed test as the expected output, and runs the test again. */
  async accept(argument: unknown): Promise<void> {
    const test = testOf(argument);
    const file = test?.parent?.uri;
    if (!test || !file) return;
    const { signal } = new AbortController();
    await this.#scaffolder.acceptTest(formatUri(file), test.label, { signal });
    const again = new vscode.TestRunRequest([test]);
    await this.#run(again, new vscode.CancellationTokenSource().token);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #find(): Promise<void> {
    this.#watch();
    const found = await vscode.workspace.findFiles(FILES);
    const ids = new Set(found.map(String));
    for (const [id] of this.#controller.items) {
      if (!ids.has(id)) this.#controller.items.delete(id);
    }
    await Promise.all(found.map(uri => this.#read(this.#itemOf(uri))));
  }

  #watch(): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const watcher = this.#store.add(vscode.workspace.createFileSystemWatcher(FILES));
    const read = (uri: vscode.Uri): void => void this.#read(this.#itemOf(uri));
    this.#store.add(watcher.onDidCreate(read));
    this.#store.add(watcher.onDidChange(read));
    this.#store.add(watcher.onDidDelete(uri => this.#controller.items.delete(uri.toString())));
  }

  #itemOf(uri: vscode.Uri): vscode.TestItem {
    const id = uri.toString();
    const before = this.#controller.items.get(id);
    if (before) return before;
    const item = this.#controller.createTestItem(id, vscode.workspace.asRelativePath(uri), uri);
    item.canResolveChildren = true;
    this.#controller.items.add(item);
    return item;
  }

  async #read(item: vscode.TestItem): Promise<void> {
    if (!item.uri || item.parent) return;
    try {
      const { tests, problems } = await this.#scaffolder.readTests(formatUri(item.uri));
      item.children.replace(
        tests.map(({ name, range }) => {
          const test = this.#controller.createTestItem(name, name, item.uri);
          test.range = toRange(range);
          return test;
        }),
      );
      item.error = problems.map(({ message }) => message).join('\n') || undefined;
    } catch (error) {
      item.children.replace([]);
      item.error = errorMessage(error);
    }
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    try {
      for (const test of await this.#testsOf(request)) {
        if (abort.signal.aborted) run.skipped(test);
        else await this.#runOne(test, run, abort.signal);
      }
    } finally {
      subscription.dispose();
      run.end();
    }
  }

  async #testsOf({ include, exclude = [] }: vscode.TestRunRequest): Promise<vscode.TestItem[]> {
    const tests: vscode.TestItem[] = [];
    const items = include ?? [...this.#controller.items].map(([, item]) => item);
    for (const item of items) {
      if (!item.parent && item.children.size === 0) await this.#read(item);
      const own = item.parent ? [item] : [...item.children].map(([, child]) => child);
      tests.push(...own.filter(test => !exclude.includes(test)));
    }
    return tests;
  }

  async #runOne(test: vscode.TestItem, run: vscode.TestRun, signal: AbortSignal): Promise<void> {
    const { uri } = test;
    if (!uri) return;
    run.started(test);
    try {
      const file = formatUri(uri);
      const result = await this.#scaffolder.runTest(file, test.id, { signal });
      for (const line of result.log)
        run.appendOutput(`${line.replace(/\r?\n/g, '\r\n')}\r\n`, undefined, test);
      if (result.status === 'passed') run.passed(test, result.duration);
      else if (result.status === 'cancelled') run.skipped(test);
      else {
        const messages = result.failures.map(failure => messageOf(failure, uri, result.canAccept));
        run.failed(test, messages, result.duration);
      }
    } catch (error) {
      run.errored(test, new vscode.TestMessage(errorMessage(error)));
    }
  }
}

function messageOf(
  { message, range, difference }: TemplateTestFailure,
  uri: vscode.Uri,
  canAccept: boolean,
): vscode.TestMessage {
  const shown = difference
    ? vscode.TestMessage.diff(message, difference.expected, difference.actual)
    : new vscode.TestMessage(message);
  shown.location = new vscode.Location(uri, toRange(range));
  if (canAccept) shown.contextValue = ACCEPTABLE;
  return shown;
}

/** The test of a menu in the Testing view. */
function testOf(argument: unknown): vscode.TestItem | undefined {
  if (typeof argument !== 'object' || argument === null || !('test' in argument)) return undefined;
  const { test } = argument as { readonly test: vscode.TestItem | undefined };
  return test;
}

function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
