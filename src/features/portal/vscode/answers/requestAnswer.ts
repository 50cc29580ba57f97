import { ErrorCodes, type RequestType, ResponseError } from 'vscode-jsonrpc';
import type { ZodMiniType } from 'zod/mini';
import { messageWithAdvice } from '../../../../base';

/** Handler of one kind of request of a page. */
export interface RequestAnswer {
  readonly method: string;
  /** @throws ResponseError with a message for the user, if the parameters aren't valid or the handler fails */
  readonly run: (params: unknown, signal: AbortSignal) => Promise<unknown>;
}

/** Answers requests whose parameters are valid. */
export function answering<P, R>(
  { method }: RequestType<P, R, void>,
  check: ZodMiniType<P>,
  handler: (params: P, signal: AbortSignal) => R | Promise<R>,
): RequestAnswer {
  return {
    method,
    async run(params, signal) {
      try {
        return await handler(check.parse(params), signal);
      } catch (error) {
        // The page shows the message; vscode-jsonrpc would put the name of the request in front of it.
        throw new ResponseError(ErrorCodes.InternalError, messageWithAdvice(error));
      }
    },
  };
}
