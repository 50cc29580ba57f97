import * as vscode from 'vscode';
import type { CatalogSourceInfo } from '../../../api';
import { DisposableStore, type Logger } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import type { CallbackListener, Clock, ListenForCallback } from '../../../platform/core/ports';
import { HostAccounts } from '../../../platform/vscode/hostAccounts';
import type { BackstageSourceConfig, SourceHttp } from '../../sources/core';
import { loadSignIn, type SignedInSessions, type WantedCallback } from '../core';

/**
 * Waits for the browser's redirect at a local port, which VS Code forwards for remote windows. If it can't, as in a
 * browser, the user pastes the address: Backstage redirects only to registered addresses and to the local machine,
 * not to addresses of VS Code.
 *
 * @throws Error with a message for users if no port is free
 */
async function openCallback(
  { path, ports }: WantedCallback,
  listen: ListenForCallback | undefined,
): Promise<CallbackListener> {
  if (!listen) return new PastedCallback(`http://127.0.0.1:${ports[0]}${path}`, undefined);
  const texts = {
    accepted: vscode.l10n.t('You are signed in. Close this page and return to VS Code.'),
    foreign: vscode.l10n.t("VS Code isn't waiting for this sign-in."),
  };
  const listener = await listen({ path, ports, texts }).catch(() => {
    throw new Error(
      vscode.l10n.t(
        'Another program uses port {0}, which the sign-in needs. Close it, or set "callbackPort" of the source and allow that port in the Backstage.',
        String(ports[0]),
      ),
    );
  });
  const outside = await vscode.env.asExternalUri(vscode.Uri.parse(listener.address));
  const address = loopbackOf(outside.toString(true), path);
  if (address === undefined) return new PastedCallback(listener.address, listener);
  // The browser uses a forwarded address.
  return {
    address,
    next: (accepts, signal) => listener.next(accepts, signal),
    dispose: () => listener.dispose(),
  };
}

/** Waits for an address that the user pastes, or for the redirect, if it arrives at this machine. */
class PastedCallback implements CallbackListener {
  readonly address: string;
  readonly #listener: CallbackListener | undefined;

  constructor(address: string, listener: CallbackListener | undefined) {
    this.address = address;
    this.#listener = listener;
  }

  async next(accepts: (callback: URL) => boolean, signal: AbortSignal): Promise<URL> {
    const ended = new AbortController();
    const both = AbortSignal.any([signal, ended.signal]);
    const coming = this.#listener?.next(accepts, both);
    try {
      return await Promise.race(
        [coming, askForAddress(accepts, both)].filter(way => way !== undefined),
      );
    } finally {
      ended.abort();
      coming?.catch(() => {});
    }
  }

  dispose(): void {
    this.#listener?.dispose();
  }
}

/** @throws CancellationError if the user cancels; AbortError */
function askForAddress(accepts: (callback: URL) => boolean, signal: AbortSignal): Promise<URL> {
  return new Promise((resolve, reject) => {
    const store = new DisposableStore();
    const input = store.add(vscode.window.createInputBox());
    const end = (finish: () => void): void => {
      signal.removeEventListener('abort', abort);
      finish();
      store.dispose();
    };
    const abort = (): void =>
      end(() => reject(new DOMException('The sign-in was canceled', 'AbortError')));
    signal.addEventListener('abort', abort, { once: true });
    input.title = vscode.l10n.t('Complete Sign-In');
    input.prompt = vscode.l10n.t(
      "Sign in with the browser. If the last page doesn't load, paste its address here",
    );
    input.placeholder = 'http://127.0.0.1/…';
    input.ignoreFocusOut = true;
    store.add(
      input.onDidChangeValue(() => {
        input.validationMessage = undefined;
      }),
    );
    store.add(
      input.onDidAccept(() => {
        const text = input.value.trim();
        const callback = URL.canParse(text) ? new URL(text) : undefined;
        if (callback && accepts(callback)) end(() => resolve(callback));
        else
          input.validationMessage = vscode.l10n.t("This address doesn't belong to this sign-in.");
      }),
    );
    store.add(input.onDidHide(() => end(() => reject(new vscode.CancellationError()))));
    input.show();
  });
}

/** Returns the address with 127.0.0.1 as host; undefined for other machines and paths. */
function loopbackOf(address: string, path: string): string | undefined {
  const url = new URL(address);
  const isLoopback = ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'http:' || !isLoopback || url.pathname !== path) return undefined;
  url.hostname = '127.0.0.1';
  return url.href;
}

/**
 * Opens an address in the browser. VS Code changes the escapes of a `Uri`, which damages query values; a string is
 * unchanged (microsoft/vscode#85930).
 *
 * @returns whether the user has agreed to open it
 */
async function openInBrowser(address: string): Promise<boolean> {
  const opening: unknown = Reflect.apply(vscode.env.openExternal, vscode.env, [address]);
  return (await opening) === true;
}

export interface SignInDeskDeps {
  readonly secrets: vscode.SecretStorage;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly http: SourceHttp;
  readonly sessions: SignedInSessions;
  /** Whether the user has allowed a host in the settings, in addition to those of sources. */
  readonly isNamed: (host: string) => boolean;
  readonly tools: () => Promise<{ readonly listenForCallback: ListenForCallback | undefined }>;
}

/** Milliseconds for finding the page, signing in and agreeing. */
const PATIENCE = 5 * 60_000;

/** Signs the user in to Backstages in the browser, and out. */
export class SignInDesk {
  readonly #deps: SignInDeskDeps;
  readonly #accounts: HostAccounts;
  /** Pending sign-ins by origin. */
  readonly #waiting = new Map<string, AbortController>();

  constructor(deps: SignInDeskDeps) {
    this.#deps = deps;
    this.#accounts = new HostAccounts(deps);
  }

  /** @throws Error with a message for users; AbortError; CancellationError if the user cancels */
  async signIn(source: CatalogSourceInfo, config: BackstageSourceConfig): Promise<void> {
    const { origin, host } = new URL(config.url);
    await this.#makeRoom(host);
    // Starting again cancels the previous attempt.
    this.#waiting.get(origin)?.abort();
    const own = new AbortController();
    this.#waiting.set(origin, own);
    try {
      await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Signing in to {0}', withoutLinks(source.name)),
          cancellable: true,
        },
        (progress, token) => {
          token.onCancellationRequested(() => own.abort());
          return this.#signIn(config, own, message => progress.report({ message }));
        },
      );
    } finally {
      if (this.#waiting.get(origin) === own) this.#waiting.delete(origin);
    }
    const account = this.#deps.sessions.accountOf(origin) ?? host;
    void vscode.window.showInformationMessage(
      withoutLinks(vscode.l10n.t('You are signed in to {0} as {1}.', source.name, account)),
    );
  }

  /** @returns the host; undefined if nobody was signed in */
  async signOut({ url }: BackstageSourceConfig): Promise<string | undefined> {
    const { origin, host } = new URL(url);
    this.#waiting.get(origin)?.abort();
    return (await this.#deps.sessions.signOut(origin)) && host;
  }

  /**
   * Removes a token, which would take precedence over the session. @throws CancellationError if the user keeps it
   */
  async #makeRoom(host: string): Promise<void> {
    if ((await this.#accounts.getToken(host)) === undefined) return;
    const remove = vscode.l10n.t('Remove Token and Sign In');
    const answer = await vscode.window.showWarningMessage(
      withoutLinks(vscode.l10n.t('A token for {0} is already saved.', host)),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Requests to {0} would still use the token. Remove it to use your own account.',
          host,
        ),
      },
      remove,
    );
    if (answer !== remove) throw new vscode.CancellationError();
    await this.#accounts.removeToken(host);
  }

  async #signIn(
    config: BackstageSourceConfig,
    own: AbortController,
    report: (message: string) => void,
  ): Promise<void> {
    const { http, isNamed, clock, sessions, tools } = this.#deps;
    const { signal } = own;
    const { SignIn } = await loadSignIn();
    const { listenForCallback } = await tools();
    const signIn = await SignIn.prepare(config, { http, isNamed, clock }, signal);
    const callback = await openCallback(signIn.callback, listenForCallback);
    try {
      const { address, accepts } = await signIn.begin(callback.address, signal);
      const coming = this.#withTimeout(callback.next(accepts, signal), config.url, signal);
      // Awaited below, except if the browser doesn't open.
      coming.catch(() => {});
      if (!(await openInBrowser(address))) throw new vscode.CancellationError();
      report(vscode.l10n.t('Continue in the browser…'));
      const session = await signIn.complete(await coming, signal);
      await sessions.keep(new URL(config.url).origin, session);
    } finally {
      // Cancels the callback.
      own.abort();
      callback.dispose();
    }
  }

  async #withTimeout(coming: Promise<URL>, url: string, signal: AbortSignal): Promise<URL> {
    const ended = new AbortController();
    const late = this.#deps.clock
      .delay(PATIENCE, AbortSignal.any([signal, ended.signal]))
      .then((): never => {
        throw new Error(
          vscode.l10n.t(
            "The sign-in wasn't completed within 5 minutes. If {0} shows an error, ask its administrator to allow the sign-in.",
            new URL(url).host,
          ),
        );
      });
    try {
      return await Promise.race([coming, late]);
    } finally {
      ended.abort();
      late.catch(() => {});
    }
  }
}
