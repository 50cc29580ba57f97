import type { HttpAnswer, HttpRequest, HttpResult } from './ports';

/** Says why a host gave no answer. */
export function unansweredMessage(
  host: string,
  result: Exclude<HttpResult, HttpAnswer>,
  { timeout, maxSize }: Pick<HttpRequest, 'timeout' | 'maxSize'>,
): string {
  switch (result.type) {
    case 'refused':
      return result.reason;
    case 'unreachable':
      return `${host} can't be reached: ${result.reason}`;
    case 'timeout':
      return `${host} didn't answer within ${Math.ceil(timeout / 1000)} seconds`;
    case 'excess':
      return `${host} sent more than ${Math.floor(maxSize / 1024 / 1024)} MB`;
  }
}
