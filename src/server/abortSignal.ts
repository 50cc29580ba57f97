import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/** Aborts when the client does not want the answer any more. */
export function abortSignalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** What a request is answered with that the client does not want any more. */
export function cancelledError(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');
}

/** @throws ResponseError where the client does not want the answer any more */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw cancelledError();
}

/**
 * The answer, or as soon as that is known, that nobody wants it any more: what it waits for, such as a
 * file on a slow disk, cannot be given up.
 *
 * @throws ResponseError where it is taken back
 */
export async function unlessCancelled<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  const cancelled = new Promise<never>((_, reject) => {
    const giveUp = (): void => reject(cancelledError());
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
  return Promise.race([answer, cancelled]);
}
