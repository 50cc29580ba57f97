import type { Disposable } from '../../../base';

export interface CallbackRequest {
  /** Of the address: `/callback`. */
  readonly path: string;
  /** Of this machine, in the order in which they are tried; 0: one that is free. */
  readonly ports: readonly number[];
  /** What a browser shows that has come with what was waited for, and one that has come with something else. */
  readonly texts: { readonly accepted: string; readonly foreign: string };
}

/** Waits for a browser to be sent back to this machine, until it is disposed. */
export interface CallbackListener extends Disposable {
  /** What it is to be sent to, without a query. */
  readonly address: string;
  /**
   * The first address that a browser comes with and that is accepted; all others are answered, and passed over.
   *
   * @throws AbortError
   */
  next(accepts: (callback: URL) => boolean, signal: AbortSignal): Promise<URL>;
}

/** @throws Error where none of the ports is free */
export type ListenForCallback = (request: CallbackRequest) => Promise<CallbackListener>;
