import * as vscode from 'vscode';
import type { CatalogSourceInfo } from '../../../api';
import { type Logger } from '../../../base';
import { withoutLinks } from '../../../platform/core';
import type { Clock, ListenForCallback } from '../../../platform/core/ports';
import { HostAccounts } from '../../../platform/vscode/hostAccounts';
import { type BackstageSourceConfig, type SourceHttp } from '../../sources/core';
import { loadSignIn, type SignedInSessions } from '../core';
import { openCallback } from './callbacks';
import { openInBrowser } from './openInBrowser';

export interface SignInDeskDeps {
  readonly secrets: vscode.SecretStorage;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly http: SourceHttp;
  readonly sessions: SignedInSessions;
  /** Whether the settings name a host besides those of sources. */
  readonly isNamed: (host: string) => boolean;
  readonly tools: () => Promise<{ readonly listenForCallback: ListenForCallback | undefined }>;
}

/** Milliseconds in which somebody finds the page, signs in there and agrees. */
const PATIENCE = 5 * 60_000;

/** Has the user sign in to Backstages, in the browser, and leave them. */
export class SignInDesk {
  readonly #deps: SignInDeskDeps;
  readonly #accounts: HostAccounts;
  /** Of the sign-ins that wait for a browser, by origins. */
  readonly #waiting = new Map<string, AbortController>();

  constructor(deps: SignInDeskDeps) {
    this.#deps = deps;
    this.#accounts = new HostAccounts(deps);
  }

  /** @throws Error in words for people; AbortError, CancellationError where the user gave up */
  async signIn(source: CatalogSourceInfo, config: BackstageSourceConfig): Promise<void> {
    const { origin, host } = new URL(config.url);
    await this.#makeRoom(host);
    // Who starts again has lost the page of before.
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

  /** @returns the host; undefined where nobody was signed in */
  async signOut({ url }: BackstageSourceConfig): Promise<string | undefined> {
    const { origin, host } = new URL(url);
    this.#waiting.get(origin)?.abort();
    return (await this.#deps.sessions.signOut(origin)) && host;
  }

  /** A token would go before what comes of signing in. @throws CancellationError where it is to stay */
  async #makeRoom(host: string): Promise<void> {
    if ((await this.#accounts.getToken(host)) === undefined) return;
    const remove = vscode.l10n.t('Remove Token and Sign In');
    const answer = await vscode.window.showWarningMessage(
      withoutLinks(vscode.l10n.t('There is a token for {0}.', host)),
      {
        modal: true,
        detail: vscode.l10n.t(
          'It is what {0} is asked with, and would be still. To be asked as yourself, remove it from this machine.',
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
      const coming = this.#inTime(callback.next(accepts, signal), config.url, signal);
      // Told below, and by nobody else where the browser does not open.
      coming.catch(() => {});
      if (!(await openInBrowser(address))) throw new vscode.CancellationError();
      report(vscode.l10n.t('Go on in the browser…'));
      const session = await signIn.complete(await coming, signal);
      await sessions.keep(new URL(config.url).origin, session);
    } finally {
      // Whatever still waits waits for nothing.
      own.abort();
      callback.dispose();
    }
  }

  async #inTime(coming: Promise<URL>, url: string, signal: AbortSignal): Promise<URL> {
    const ended = new AbortController();
    const late = this.#deps.clock
      .delay(PATIENCE, AbortSignal.any([signal, ended.signal]))
      .then((): never => {
        throw new Error(
          vscode.l10n.t(
            'Nobody came back from the browser within 5 minutes. If the page of {0} tells of an error, whoever runs it has to allow what it names.',
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
