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
      return `${host} cannot be reached: ${result.reason}`;
    case 'timeout':
      return `${host} does not answer: it is given up after ${Math.ceil(timeout / 1000)} seconds`;
    case 'excess':
      return `${host} answers with more than the ${Math.floor(maxSize / 1024 / 1024)} MB that are read`;
  }
}
