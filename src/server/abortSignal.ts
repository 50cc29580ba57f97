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
