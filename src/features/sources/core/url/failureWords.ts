import { errorMessage } from '../../../../base';
import type { RemoteRequest } from '../../../scm/core/forgeFiles';
import { readingNotAllowed, type ScmIntegrations } from '../../../scm/core/urlReaders';
import { type SourceAnswer, SourceError } from '../types';
import type { KeptFailure } from './urlCopy';

const STATUS_TEXTS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  410: 'Gone',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/**
 * Why nothing came, as a Backstage says it of the same answer.
 *
 * Source: the `UrlReader`s of `@backstage/backend-defaults`.
 *
 * @param url - the address that was to be read
 * @param asked - how it was asked for; undefined where it was not
 */
export function failureWords(
  error: unknown,
  url: string,
  asked?: { readonly request: RemoteRequest; readonly integrations: ScmIntegrations },
): KeptFailure {
  if (!(error instanceof SourceError)) {
    return { name: 'Error', message: errorMessage(error) };
  }
  const { failure, status } = error;
  const shown = withoutUser(url);
  const advice = error.advice === undefined ? {} : { advice: error.advice };
  if (failure === 'refused') {
    // The server's words are about the settings of another machine.
    const message = readingNotAllowed(shown);
    return { name: 'NotAllowedError', message, advice: error.advice ?? error.message };
  }
  if (!asked || (status === undefined && failure !== 'missing')) {
    return { name: 'Error', message: `Unable to read ${shown}, ${error.message}`, ...advice };
  }
  const code = status ?? 404;
  const answer = `${code} ${STATUS_TEXTS[code] ?? ''}`.trimEnd();
  const name = code === 404 ? 'NotFoundError' : 'Error';
  return { name, message: words(shown, answer, asked), ...advice };
}

/** What an address may hold to sign in with is told to nobody. */
function withoutUser(url: string): string {
  return url.replace(/(?<=^[\w+.-]+:\/\/)[^/?#]*@/, '');
}

function words(
  url: string,
  answer: string,
  { request, integrations }: { request: RemoteRequest; integrations: ScmIntegrations },
): string {
  switch (integrations.typeOf(url)) {
    case undefined:
      return `could not read ${url}, ${answer}`;
    case 'github':
      return `Request failed for ${request.url}, ${answer}`;
    default:
      return `${url} could not be read as ${request.url}, ${answer}`;
  }
}

/** A page in the place of a file, as hosts give it to who is not signed in. */
export function webPage(
  url: string,
  { headers, body }: Extract<SourceAnswer, { readonly type: 'answered' }>,
): KeptFailure | undefined {
  const isPage = /^text\/html\b/i.test(headers.get('content-type') ?? '');
  const { pathname, host } = new URL(url);
  // Some hosts call everything a page.
  const start = new TextDecoder().decode(body.subarray(0, 200)).trimStart();
  if (!isPage || /\.html?$/i.test(pathname) || !start.startsWith('<')) return undefined;
  return {
    name: 'Error',
    message: `${url} gives a web page, and no file`,
    advice: `Where it is a page to sign in at, set a token for ${host}; else use the address of the file itself.`,
  };
}
