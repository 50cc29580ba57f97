import type { Disposable } from '../../../base';

/** Options of a callback listener. */
export interface CallbackRequest {
  /** The path of the callback address, such as `/callback`. */
  readonly path: string;
  /** Ports of this machine, in the order in which they are tried; 0 stands for any free port. */
  readonly ports: readonly number[];
  /** Pages for the browser: after an accepted callback, and after any other request. */
  readonly texts: { readonly accepted: string; readonly foreign: string };
}

/** A server on this machine that waits for a browser to be redirected to it, until it is disposed. */
export interface CallbackListener extends Disposable {
  /** The address to redirect to, without a query. */
  readonly address: string;
  /**
   * Returns the first address that a browser requests and `accepts` accepts. Other requests are answered and ignored.
   *
   * @throws AbortError when the signal is aborted
   */
  next(accepts: (callback: URL) => boolean, signal: AbortSignal): Promise<URL>;
}

/** Starts a listener. @throws Error when none of the ports is free */
export type ListenForCallback = (request: CallbackRequest) => Promise<CallbackListener>;
