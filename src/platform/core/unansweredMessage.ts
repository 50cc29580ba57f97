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
      return `${host} didn't respond within ${Math.ceil(timeout / 1000)} seconds`;
    case 'excess':
      return `${host} sent more than ${formatSize(maxSize)}`;
  }
}

function formatSize(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.floor(kilobytes)} kB` : `${Math.floor(kilobytes / 1024)} MB`;
}
