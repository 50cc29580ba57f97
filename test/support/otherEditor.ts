import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc/node';
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { fileUriToPath, pathToFileUri } from '../../src/platform/node';
import { edited } from './codeActions';
import { writeFiles } from './folders';

export interface ShownProblem {
  readonly code: string;
  readonly message: string;
  readonly severity: number;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

/**
 * A generic editor that implements only the protocol, with the capabilities that it sends with `initialize`. It applies
 * workspace edits to open texts and to the disk.
 */
export class OtherEditor {
  readonly folder: string;
  /** Capabilities of the server. */
  initialized: { readonly capabilities: Readonly<Record<string, unknown>> } = { capabilities: {} };
  /** Methods that the server has registered. */
  readonly registered: string[] = [];
  /** Messages of the server for the user. */
  readonly messages: string[] = [];
  readonly #process: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #problems = new Map<string, readonly ShownProblem[]>();
  readonly #open = new Map<string, { version: number; text: string }>();
  readonly #exited: Promise<never>;
  #isHonest = true;
  #waiting: (() => void)[] = [];

  private constructor(program: string, folder: string, args: readonly string[]) {
    this.folder = folder;
    const { stdout, stdin } = (this.#process = spawn(
      process.execPath,
      [program, 'lsp', '--stdio', ...args],
      { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] },
    ));
    if (!stdout || !stdin) throw new Error('The server has no streams');
    this.#exited = once(this.#process, 'exit').then(([code]) => {
      throw new Error(`The server has ended with ${String(code)}`);
    });
    this.#exited.catch(() => undefined);
    this.#connection = createMessageConnection(stdout, stdin);
    this.#listen();
  }

  /**
   * @param files - files of the workspace by path
   * @param args - arguments besides `lsp --stdio`
   * @param isHonest - whether it accepts the registrations that its capabilities promise
   */
  static async start(
    program: string,
    files: Readonly<Record<string, string>>,
    {
      capabilities = {},
      args = [],
      isHonest = true,
    }: {
      readonly capabilities?: object;
      readonly args?: readonly string[];
      readonly isHonest?: boolean;
    } = {},
  ): Promise<OtherEditor> {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-other-editor-'));
    writeFiles(folder, files);
    const editor = new OtherEditor(program, folder, args);
    editor.#isHonest = isHonest;
    const rootUri = pathToFileUri(folder);
    editor.initialized = await editor.request('initialize', {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'work' }],
      capabilities,
    });
    editor.notify('initialized', {});
    return editor;
  }

  uriOf(path: string): string {
    return pathToFileUri(join(this.folder, path));
  }

  /** Returns a text as in the editor, otherwise from the disk; undefined if there is none. */
  textOf(path: string): string | undefined {
    const open = this.#open.get(this.uriOf(path));
    if (open) return open.text;
    const file = join(this.folder, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  open(path: string, text = this.textOf(path) ?? ''): void {
    const uri = this.uriOf(path);
    this.#open.set(uri, { version: 1, text });
    const languageId = path.endsWith('.md') ? 'markdown' : 'yaml';
    const textDocument = { uri, languageId, version: 1, text };
    this.notify('textDocument/didOpen', { textDocument });
  }

  /** Replaces a text, without saving it. */
  type(path: string, text: string): void {
    const uri = this.uriOf(path);
    const version = (this.#open.get(uri)?.version ?? 0) + 1;
    this.#open.set(uri, { version, text });
    const contentChanges = [{ text }];
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  /** Writes a file on the disk, and reports the change if the editor watches the file. */
  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
    this.#seen([{ uri: this.uriOf(path), type: 2 }]);
  }

  async request<T>(method: string, params: object): Promise<T> {
    return Promise.race([this.#connection.sendRequest<T>(method, params), this.#exited]);
  }

  /** Requests information about the position after the first `text` in an open file. */
  async at<T>(method: string, path: string, text: string, more: object = {}): Promise<T> {
    const source = this.textOf(path) ?? '';
    const before = source.slice(0, source.indexOf(text) + text.length).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const textDocument = { uri: this.uriOf(path) };
    return this.request(`textDocument/${method}`, { textDocument, position, ...more });
  }

  notify(method: string, params: object): void {
    void this.#connection.sendNotification(method, params);
  }

  /** Resolves to the diagnostics of a file when they have these codes, in any order. */
  async untilCodes(path: string, codes: readonly string[]): Promise<readonly ShownProblem[]> {
    const wanted = JSON.stringify([...codes].sort());
    for (;;) {
      const shown = this.#problems.get(this.uriOf(path));
      if (shown && JSON.stringify(shown.map(({ code }) => code).sort()) === wanted) return shown;
      await Promise.race([new Promise<void>(resolve => this.#waiting.push(resolve)), this.#exited]);
    }
  }

  async end(): Promise<void> {
    if (this.#process.exitCode === null) {
      const exited = once(this.#process, 'exit');
      await this.#connection.sendRequest('shutdown');
      this.notify('exit', {});
      await exited;
    }
    this.#connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: readonly ShownProblem[] }) => {
        this.#problems.set(uri, diagnostics);
        for (const resolve of this.#waiting.splice(0)) resolve();
      },
    );
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.messages.push(message);
    });
    connection.onRequest(
      'client/registerCapability',
      ({ registrations }: { registrations: readonly { method: string }[] }) => {
        this.registered.push(...registrations.map(({ method }) => method));
        if (!this.#isHonest) throw new Error('Not today');
        return null;
      },
    );
    connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
      this.#apply(edit);
      return { applied: true };
    });
    connection.listen();
  }

  #apply({ changes = {}, documentChanges }: WorkspaceEdit): void {
    const all = documentChanges ?? Object.entries(changes).map(([uri, edits]) => ({ uri, edits }));
    for (const change of all) {
      if ('uri' in change && 'edits' in change) this.#edit(change.uri, change.edits);
      else if ('textDocument' in change) this.#editVersion(change);
      else if (change.kind === 'create') writeFileSync(fileUriToPath(change.uri), '');
      else if (change.kind === 'rename') this.#move(change.oldUri, change.newUri);
    }
  }

  #seen(changes: readonly { readonly uri: string; readonly type: number }[]): void {
    const method = 'workspace/didChangeWatchedFiles';
    if (this.registered.includes(method)) this.notify(method, { changes });
  }

  /** Moves a file. Open texts keep their unsaved changes. */
  #move(from: string, to: string): void {
    renameSync(fileUriToPath(from), fileUriToPath(to));
    this.#seen([
      { uri: from, type: 3 },
      { uri: to, type: 1 },
    ]);
    const open = this.#open.get(from);
    if (!open) return;
    this.#open.delete(from);
    this.notify('textDocument/didClose', { textDocument: { uri: from } });
    this.open(this.#pathOf(to), open.text);
  }

  #pathOf(uri: string): string {
    return fileUriToPath(uri).slice(this.folder.length + 1);
  }

  #editVersion({ textDocument: { uri, version }, edits }: TextDocumentEdit): void {
    const open = this.#open.get(uri);
    if (open && version !== null && version !== open.version) throw new Error(`${uri} has changed`);
    this.#edit(uri, edits as TextEdit[]);
  }

  #edit(uri: string, edits: readonly TextEdit[]): void {
    const path = this.#pathOf(uri);
    const text = edited(this.textOf(path) ?? '', edits);
    if (this.#open.has(uri)) this.type(path, text);
    else this.write(path, text);
  }
}
