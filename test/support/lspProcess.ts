import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileUri } from '../../src/platform/node';
import { writeFiles } from './folders';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface ShownDiagnostic {
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly message: string;
  readonly code?: string;
  readonly severity?: number;
}

/**
 * A client of the language server that shares no code with it: it implements the protocol over the standard streams.
 */
export class LspProcess {
  readonly folder: string;
  /** The last published diagnostics by URI. */
  readonly diagnostics = new Map<string, readonly ShownDiagnostic[]>();
  /** Workspace edits that the server requested. They aren't applied. */
  readonly edits: unknown[] = [];
  /** Answers to requests for settings, by section. */
  settings: Readonly<Record<string, unknown>> = {};
  #process: ChildProcess;
  #buffer = Buffer.alloc(0);
  #lastId = 0;
  #pending = new Map<number, (message: Message) => void>();
  #waiting: (() => void)[] = [];
  #versions = new Map<string, number>();
  #isTemporary = false;
  #registered = new Map<string, unknown>();

  /**
   * @param command - script to run with Node, and its arguments
   * @param folder - the workspace in `initialize`
   * @param env - additional environment variables
   */
  constructor(
    command: readonly string[],
    folder: string,
    env: Readonly<Record<string, string>> = {},
  ) {
    this.folder = folder;
    this.#process = spawn(process.execPath, [...command], {
      stdio: ['pipe', 'pipe', 'inherit'],
      cwd: folder,
      env: { ...process.env, ...env },
    });
    this.#process.stdout?.on('data', (data: Buffer) => this.#read(data));
  }

  /** Starts a server for a workspace of files by path, which is removed when the server ends. */
  static async start(
    program: string,
    files: Readonly<Record<string, string>>,
    capabilities: object = {},
    more: object = {},
    args: readonly string[] = [],
  ): Promise<LspProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-lsp-workspace-'));
    writeFiles(folder, files);
    const client = new LspProcess([program, 'lsp', '--stdio', ...args], folder);
    client.#isTemporary = true;
    await client.initialize(capabilities, more);
    return client;
  }

  /** @param more - additional fields of `initialize` */
  async initialize(capabilities: object = {}, more: object = {}): Promise<void> {
    const rootUri = this.uriOf('');
    const { pid: processId } = process;
    await this.request('initialize', { processId, rootUri, capabilities, ...more });
    this.notify('initialized', {});
  }

  uriOf(path: string): string {
    return pathToFileUri(path ? join(this.folder, path) : this.folder);
  }

  open(path: string, text: string, languageId = 'yaml'): void {
    const uri = this.uriOf(path);
    this.#versions.set(uri, 1);
    this.notify('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Replaces a range, or all of the text. */
  change(path: string, text: string, range?: unknown): void {
    const uri = this.uriOf(path);
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    this.notify('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [range === undefined ? { text } : { text, range }],
    });
  }

  close(path: string): void {
    this.notify('textDocument/didClose', { textDocument: { uri: this.uriOf(path) } });
  }

  /** Returns the result of a request at a position in a file. */
  at(method: string, path: string, [line, character]: readonly [number, number], more = {}) {
    return this.request(`textDocument/${method}`, {
      textDocument: { uri: this.uriOf(path) },
      position: { line, character },
      ...more,
    });
  }

  /** @throws Error with the server's message if the response is an error */
  async request(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#lastId;
    const answer = new Promise<Message>(resolve => this.#pending.set(id, resolve));
    this.#send({ id, method, params });
    const { result, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Sends a request and cancels it at once. Resolves to the error of the response. */
  async cancelled(method: string, params: unknown): Promise<Message['error']> {
    const id = ++this.#lastId;
    const answer = new Promise<Message>(resolve => this.#pending.set(id, resolve));
    // In one write, because the server responds to requests that it reads before the cancellation.
    this.#send({ id, method, params }, { method: '$/cancelRequest', params: { id } });
    return (await answer).error;
  }

  /**
   * Sends a request and cancels it while the server handles it: after the response to a later message. Resolves to the
   * error of the response, undefined if the request completed before, and whether a later message got its response
   * first.
   */
  async takenBackMidway(
    method: string,
    params: unknown,
  ): Promise<{ readonly error: Message['error']; readonly isLate: boolean }> {
    const answered: object[] = [];
    const send = (
      message: object,
    ): { readonly sent: object; readonly answer: Promise<Message> } => {
      const sent = { id: ++this.#lastId, ...message };
      const answer = new Promise<Message>(resolve => {
        this.#pending.set(this.#lastId, received => {
          answered.push(sent);
          resolve(received);
        });
      });
      return { sent, answer };
    };
    const request = send({ method, params });
    const id = this.#lastId;
    const nothing = { method: 'callboard/nothing', params: null };
    const [behind, last] = [send(nothing), send(nothing)];
    this.#send(request.sent, behind.sent);
    await behind.answer;
    this.#send({ method: '$/cancelRequest', params: { id } }, last.sent);
    await last.answer;
    const { error } = await request.answer;
    return { error, isLate: answered.indexOf(last.sent) < answered.indexOf(request.sent) };
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  /** Resolves when these codes are published for a file, in order. */
  untilCodes(path: string, codes: readonly string[]): Promise<readonly ShownDiagnostic[]> {
    const expected = JSON.stringify(codes);
    return this.untilShown(
      path,
      shown => JSON.stringify(shown.map(({ code }) => code)) === expected,
    );
  }

  /** Resolves when the diagnostics of a file match. */
  async untilShown(
    path: string,
    isAwaited: (shown: readonly ShownDiagnostic[]) => boolean,
  ): Promise<readonly ShownDiagnostic[]> {
    const uri = this.uriOf(path);
    for (;;) {
      const shown = this.diagnostics.get(uri);
      if (shown && isAwaited(shown)) return shown;
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
  }

  /** Resolves to the server's registrations by method. */
  async untilRegistered(method: string): Promise<ReadonlyMap<string, unknown>> {
    while (!this.#registered.has(method)) {
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    }
    return this.#registered;
  }

  /** Ends the session as the protocol requires; resolves to the exit code. */
  async end(): Promise<number | null> {
    const exited = once(this.#process, 'exit');
    await this.request('shutdown', undefined);
    this.notify('exit', undefined);
    const [code] = (await exited) as [number | null];
    if (this.#isTemporary) rmSync(this.folder, { recursive: true, force: true });
    return code;
  }

  /** Closes the streams during the session; resolves to the exit code. */
  async hangUp(): Promise<number | null> {
    const exited = once(this.#process, 'exit');
    this.#process.stdin?.end();
    const [code] = (await exited) as [number | null];
    if (this.#isTemporary) rmSync(this.folder, { recursive: true, force: true });
    return code;
  }

  #send(...messages: readonly object[]): void {
    const written = messages.map(message => {
      const text = JSON.stringify({ jsonrpc: '2.0', ...message });
      return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
    });
    this.#process.stdin?.write(written.join(''));
  }

  #read(data: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = /Content-Length: (\d+)/i.exec(this.#buffer.toString('utf8', 0, head))?.[1];
      const start = head + 4;
      const end = start + Number(length);
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.toString('utf8', start, end)) as Message;
      this.#buffer = this.#buffer.subarray(end);
      this.#receive(message);
    }
  }

  #receive(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined && id !== undefined) {
      this.#pending.get(id)?.(message);
      this.#pending.delete(id);
    } else if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as {
        uri: string;
        diagnostics: readonly ShownDiagnostic[];
      };
      this.diagnostics.set(uri, diagnostics);
      for (const resolve of this.#waiting.splice(0)) resolve();
    } else if (id !== undefined) {
      if (method === 'client/registerCapability') this.#register(params);
      // Other requests of the server, such as for watching files, aren't supported.
      this.#send({ id, result: this.#resultOf(method, params) });
    }
  }

  #register(params: unknown): void {
    const { registrations } = params as {
      registrations: readonly { method: string; registerOptions: unknown }[];
    };
    for (const { method, registerOptions } of registrations) {
      this.#registered.set(method, registerOptions);
    }
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #resultOf(method: string | undefined, params: unknown): unknown {
    if (method === 'workspace/configuration') return this.#settingsOf(params);
    if (method !== 'workspace/applyEdit') return null;
    this.edits.push((params as { edit: unknown }).edit);
    return { applied: true };
  }

  #settingsOf(params: unknown): readonly unknown[] {
    const { items } = params as { items: readonly { section: string }[] };
    return items.map(({ section }) => this.settings[section] ?? null);
  }
}
