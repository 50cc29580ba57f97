import * as vscode from 'vscode';
import { DisposableStore } from '../../../base';
import type { CallbackListener, ListenForCallback } from '../../../platform/core/ports';
import type { WantedCallback } from '../core';

/**
 * Waits for the browser at a port of this machine, which VS Code has the browser of another one reach. Where it does
 * not, as in a browser, the user brings the address that the browser ends at: a Backstage sends nobody to an address
 * of VS Code's own, as it knows those alone that it has been told of to the letter, and this machine.
 *
 * @throws Error in words for people where none of the ports is free
 */
export async function openCallback(
  { path, ports }: WantedCallback,
  listen: ListenForCallback | undefined,
): Promise<CallbackListener> {
  if (!listen) return new BroughtCallback(`http://127.0.0.1:${ports[0]}${path}`, undefined);
  const texts = {
    accepted: vscode.l10n.t('That is all: go back to VS Code, and close this page.'),
    foreign: vscode.l10n.t('This belongs to no sign-in that VS Code waits for.'),
  };
  const listener = await listen({ path, ports, texts }).catch(() => {
    throw new Error(
      vscode.l10n.t(
        'Another program listens at port {0}, where the browser is to come back to. End it, or set "callbackPort" of the source and have the instance know of that.',
        String(ports[0]),
      ),
    );
  });
  const outside = await vscode.env.asExternalUri(vscode.Uri.parse(listener.address));
  const address = loopbackOf(outside.toString(true), path);
  return address === undefined
    ? new BroughtCallback(listener.address, listener)
    : new ForwardedCallback(address, listener);
}

/** A listener that the browser knows by another address. */
class ForwardedCallback implements CallbackListener {
  readonly address: string;
  readonly #listener: CallbackListener;

  constructor(address: string, listener: CallbackListener) {
    this.address = address;
    this.#listener = listener;
  }

  next(accepts: (callback: URL) => boolean, signal: AbortSignal): Promise<URL> {
    return this.#listener.next(accepts, signal);
  }

  dispose(): void {
    this.#listener.dispose();
  }
}

/** An address that the browser shows and the user brings, be it that nothing is there; or it is the same machine. */
class BroughtCallback implements CallbackListener {
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

/** @throws CancellationError where the user gives up; AbortError */
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
      end(() => reject(new DOMException('Nobody waits for the address any more', 'AbortError')));
    signal.addEventListener('abort', abort, { once: true });
    input.title = vscode.l10n.t('Back from the Browser');
    input.prompt = vscode.l10n.t(
      'Sign in there. If the browser shows an error at the end, since it does not find this machine, paste the address of that page here',
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
        else input.validationMessage = vscode.l10n.t('This is no address of this sign-in.');
      }),
    );
    store.add(input.onDidHide(() => end(() => reject(new vscode.CancellationError()))));
    input.show();
  });
}

/** This machine by its address, which nobody else can be reached by; undefined for other machines and places. */
function loopbackOf(address: string, path: string): string | undefined {
  const url = new URL(address);
  const isLoopback = ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'http:' || !isLoopback || url.pathname !== path) return undefined;
  url.hostname = '127.0.0.1';
  return url.href;
}
