import type { SecretStorage } from 'vscode';
import { Emitter } from '../../src/base';

/** A user and the parts of VS Code that sources use; for `vi.mock('vscode', …)`. */
export class EditorOfSources {
  /** Settings below `callboard.`, those of the user and, before them, those of the workspace. */
  settings: Readonly<Record<string, unknown>> = {};
  workspaceSettings: Readonly<Record<string, unknown>> = {};
  isTrusted = true;
  /** Whether the settings files have content that can't be edited. */
  isUnwritable = false;
  readonly secrets = new Map<string, string>();
  /** Tokens of VS Code's own accounts, by provider. */
  readonly sessions = new Map<string, string>();
  readonly requestedSessions: string[] = [];
  /** Texts typed into input boxes, in order; undefined dismisses the box. */
  typed: (string | undefined)[] = [];
  /** Beginnings of the labels to pick or press; a missing label dismisses. */
  picked: string[] = [];
  readonly shown: string[] = [];
  /** Open input boxes. */
  readonly boxes = new Set<object>();
  /** Types into the last input box, and accepts it; undefined dismisses it. */
  type: (text: string | undefined) => void = () => {};
  /** Simulates the user in the browser; returns false if the user doesn't open it. */
  browse: (address: string) => Promise<boolean> = async () => false;
  /** Returns the external form of an address. */
  asExternal: (address: string) => string = address => address;
  /** Set while a progress notification is shown. */
  cancel: (() => void) | undefined;
  readonly #changed = new Emitter<{ readonly key: string }>();

  /** Shared with other windows. */
  openSecrets(): SecretStorage {
    return {
      get: async key => this.secrets.get(key),
      store: async (key, value) => {
        this.secrets.set(key, value);
        this.#changed.fire({ key });
      },
      delete: async key => {
        this.secrets.delete(key);
        this.#changed.fire({ key });
      },
      onDidChange: this.#changed.event,
    };
  }

  reset(): void {
    [this.settings, this.workspaceSettings] = [{}, {}];
    this.isTrusted = true;
    this.isUnwritable = false;
    this.secrets.clear();
    this.sessions.clear();
    this.requestedSessions.length = 0;
    [this.typed, this.picked] = [[], []];
    this.shown.length = 0;
    this.boxes.clear();
    this.browse = async () => false;
    this.asExternal = address => address;
    this.cancel = undefined;
  }

  /** The module. */
  get module(): object {
    return {
      l10n: {
        t: (message: string, ...values: string[]) =>
          message.replace(/\{(\d)\}/g, (_, index: string) => values[Number(index)] ?? ''),
      },
      ThemeIcon: class {},
      CancellationError: class extends Error {
        override readonly name = 'Canceled';
      },
      ConfigurationTarget: { Global: 1, Workspace: 2 },
      ProgressLocation: { Notification: 15 },
      Uri: {
        parse: (text: string) => new FakeUri(text),
      },
      authentication: {
        getSession: async (provider: string, _scopes: unknown, options: object) => {
          this.requestedSessions.push(`${provider} ${Object.keys(options).join()}`);
          const accessToken = this.sessions.get(provider);
          return accessToken === undefined ? undefined : { accessToken };
        },
      },
      workspace: Object.defineProperty(
        {
          getConfiguration: () => ({
            get: (key: string) => this.settings[belowCallboard(key)],
            inspect: (key: string) => ({
              globalValue: this.settings[belowCallboard(key)],
              workspaceValue: this.workspaceSettings[belowCallboard(key)],
            }),
            update: async (fullKey: string, value: unknown, target: number) => {
              if (this.isUnwritable) throw new Error('Unable to write into the settings');
              const key = belowCallboard(fullKey);
              if (target === 1) this.settings = { ...this.settings, [key]: value };
              else this.workspaceSettings = { ...this.workspaceSettings, [key]: value };
            },
          }),
          workspaceFolders: [],
          onDidChangeConfiguration: () => ({ dispose: () => {} }),
          onDidGrantWorkspaceTrust: () => ({ dispose: () => {} }),
        },
        'isTrusted',
        { get: () => this.isTrusted },
      ),
      env: {
        openExternal: (address: unknown) => this.browse(String(address)),
        asExternalUri: async (uri: FakeUri) => new FakeUri(this.asExternal(uri.toString())),
      },
      window: {
        showInformationMessage: async (message: string) => void this.shown.push(message),
        showWarningMessage: async (message: string, _options: unknown, ...buttons: string[]) => {
          this.shown.push(message);
          return this.#pick(buttons, button => button);
        },
        createInputBox: () => this.#createInputBox(),
        createQuickPick: () => this.#createQuickPick(),
        onDidChangeWindowState: () => ({ dispose: () => {} }),
        withProgress: async (
          _options: unknown,
          task: (progress: object, token: object) => Promise<unknown>,
        ) => {
          const token = {
            onCancellationRequested: (listener: () => void) => (this.cancel = listener),
          };
          try {
            return await task({ report: () => {} }, token);
          } finally {
            this.cancel = undefined;
          }
        },
      },
    };
  }

  #pick<T>(items: readonly T[], labelOf: (item: T) => string): T | undefined {
    const wanted = this.picked.shift();
    return wanted === undefined
      ? undefined
      : items.find(item =>
          labelOf(item)
            .replace(/^\$\([\w-]+\) /, '')
            .startsWith(wanted),
        );
  }

  #createQuickPick(): object {
    const [accepted, hidden] = [new Emitter<void>(), new Emitter<void>()];
    const pick = {
      items: [] as readonly { label: string }[],
      activeItems: [] as readonly { label: string }[],
      onDidTriggerButton: () => ({ dispose: () => {} }),
      onDidAccept: accepted.event,
      onDidHide: hidden.event,
      dispose: () => {},
      show: () => {
        const item = this.#pick(pick.items, ({ label }) => label);
        if (!item) return hidden.fire();
        pick.activeItems = [item];
        accepted.fire();
      },
    };
    return pick;
  }

  /** Answers an input box with the texts in order, until one is valid. */
  #createInputBox(): object {
    const { shown } = this;
    const [accepted, hidden] = [new Emitter<void>(), new Emitter<void>()];
    let error: string | undefined;
    const box = {
      value: '',
      get validationMessage() {
        return error;
      },
      set validationMessage(message: string | undefined) {
        error = message;
        if (message !== undefined) shown.push(message);
      },
      onDidChangeValue: () => ({ dispose: () => {} }),
      onDidTriggerButton: () => ({ dispose: () => {} }),
      onDidAccept: accepted.event,
      onDidHide: hidden.event,
      dispose: () => void this.boxes.delete(box),
      show: () => {
        this.boxes.add(box);
        if (this.typed.length > 0) type(this.typed.shift());
      },
    };
    const type = (text: string | undefined): void => {
      if (text === undefined) return hidden.fire();
      [box.value, box.validationMessage] = [text, undefined];
      accepted.fire();
    };
    this.type = type;
    return box;
  }
}

/** Returns the key of a setting; settings of other extensions keep their full key. */
function belowCallboard(key: string): string {
  return key.replace(/^callboard\./, '');
}

class FakeUri {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

export const editor = new EditorOfSources();
