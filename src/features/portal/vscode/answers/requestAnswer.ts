import { ErrorCodes, ResponseError } from 'vscode-jsonrpc';
import { messageWithAdvice } from '../../../../base';
import { portalRequests } from '../../protocol';
import { type ParamsOf, portalRequestParams, type ResultOf } from '../../protocol/validation';

/** Handler of one type of request. */
export interface RequestAnswer {
  readonly method: string;
  /** @throws ResponseError with a message for the user, if the parameters are invalid or the handler fails */
  readonly run: (params: unknown, signal: AbortSignal) => Promise<unknown>;
}

type Requests = typeof portalRequests;

/** Handlers by request name. They are called with valid parameters. */
export type RequestHandlers = {
  readonly [K in keyof Requests]?: (
    params: ParamsOf<Requests[K]>,
    signal: AbortSignal,
  ) => ResultOf<Requests[K]> | Promise<ResultOf<Requests[K]>>;
};

export function answersOf(handlers: RequestHandlers): readonly RequestAnswer[] {
  return Object.entries(handlers).map(([name, handler]) =>
    answerOf(name as keyof Requests, handler),
  );
}

function answerOf<K extends keyof Requests>(
  name: K,
  handler: (params: never, signal: AbortSignal) => unknown,
): RequestAnswer {
  return {
    method: portalRequests[name].method,
    async run(params, signal) {
      try {
        return await handler(portalRequestParams[name].parse(params) as never, signal);
      } catch (error) {
        // The page shows the message; vscode-jsonrpc would prefix it with the name of the request.
        throw new ResponseError(ErrorCodes.InternalError, messageWithAdvice(error));
      }
    },
  };
}
