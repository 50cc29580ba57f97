import type { RequestType } from 'vscode-jsonrpc';
import type { ZodMiniType } from 'zod/mini';

/** What answers one kind of request of a page. */
export interface RequestAnswer {
  readonly method: string;
  /** @throws an error that says what is wrong with the parameters, or whatever the handler throws */
  readonly run: (params: unknown, signal: AbortSignal) => unknown;
}

/** Answers requests, once their parameters are known to be what they should be. */
export function answering<P, R>(
  { method }: RequestType<P, R, void>,
  check: ZodMiniType<P>,
  handler: (params: P, signal: AbortSignal) => R | Promise<R>,
): RequestAnswer {
  return { method, run: (params, signal) => handler(check.parse(params), signal) };
}
