import { errorMessage } from '../../../../base';
import type { Clock } from '../../../../platform/core/ports';
import { contentOf, type RemoteRequest } from '../../../scm/core/forgeFiles';
import {
  readingNotAllowed,
  type ScmIntegrations,
  type UrlFile,
  type UrlReader,
  type UrlSearch,
} from '../../../scm/core/urlReaders';
import { RequestSlots } from '../http/requestSlots';
import {
  type SourceAnswer,
  type SourceCredentials,
  SourceError,
  type SourceHttp,
  type Traffic,
} from '../types';
import { archivedFiles, isSameFiles } from './patternFiles';
import {
  withLastFiles,
  type CachedUrl,
  type CachedFailure,
  readOf,
  searchOf,
  type UrlCopy,
} from './urlCopy';
import { isPatternUrl, questionOf, type UrlQuestion } from './urlRequests';
import type { WildcardRound } from './wildcards/gitWildcards';

/** Limits for one source. */
export interface UrlLimits {
  /** Maximum number of requested URLs. */
  readonly addresses: number;
  /** Maximum total number of characters. */
  readonly size: number;
  /** Maximum bytes of an answer, for a file and for an archive. */
  readonly file: number;
  readonly archive: number;
}

const MB = 1024 * 1024;
export const DEFAULT_URL_LIMITS: UrlLimits = {
  addresses: 20_000,
  size: 256 * MB,
  file: 16 * MB,
  archive: 128 * MB,
};

/** Remembered URLs, as a multiple of requested ones. */
const MAX_KNOWN_FACTOR = 2;
/** Keeps byte order marks, as Backstage does for placeholders: JSON with one is invalid. */
const WITH_MARK = new TextDecoder('utf-8', { ignoreBOM: true });

/** Concurrent requests. */
const AT_ONCE = 8;

export interface UrlRoundDeps {
  /** The copy to update. */
  readonly copy: UrlCopy;
  readonly integrations: ScmIntegrations;
  readonly http: SourceHttp;
  readonly credentials: SourceCredentials;
  readonly clock: Clock;
  readonly traffic: Traffic;
  readonly limits: UrlLimits;
  /** URL that the user has added as a source; undefined if none. */
  readonly home: string | undefined;
  /** Used before archives; undefined without git. */
  readonly wildcards?: (() => Promise<WildcardRound | undefined>) | undefined;
  readonly signal: AbortSignal;
  /** Called for every URL with the number of known ones. */
  readonly onAnswer?: ((known: number) => void) | undefined;
}

/**
 * Fetches URLs once each, and only if they have changed. URLs that can't be read anymore keep their last files, so
 * that everything they refer to is fetched too.
 */
export class UrlRound implements UrlReader {
  readonly integrations: ScmIntegrations;
  readonly #deps: UrlRoundDeps;
  readonly #asked = new Map<string, Promise<CachedUrl>>();
  readonly #known = new Map<string, CachedUrl>();
  readonly #wanted = new Set<string>();
  readonly #errors = new Map<string, SourceError>();
  readonly #slots = new RequestSlots({ total: AT_ONCE, perHost: AT_ONCE });
  #size = 0;

  constructor(deps: UrlRoundDeps) {
    this.#deps = deps;
    this.integrations = deps.integrations;
  }

  /** Fetches all known URLs again. */
  async renew(): Promise<void> {
    await Promise.all([...this.#deps.copy.keys()].map(url => this.ask(url)));
  }

  /** Whether any text differs from the copy. */
  get hasOtherTexts(): boolean {
    const { copy } = this.#deps;
    return [...this.#known].some(([url, { files }]) => copy.get(url)?.files !== files);
  }

  /** Returns why a URL couldn't be fetched; undefined if it is the URL's own problem. */
  errorOf(url: string): SourceError | undefined {
    return this.#errors.get(url);
  }

  /** Returns the states of all fetched URLs. */
  known(): UrlCopy {
    return this.#known;
  }

  /** Returns the states of URLs that something refers to. */
  wanted(): UrlCopy {
    return new Map([...this.#known].filter(([url]) => this.#wanted.has(url)));
  }

  /** @throws AbortError only */
  ask(url: string): Promise<CachedUrl> {
    let answer = this.#asked.get(url);
    if (!answer) {
      const { addresses } = this.#deps.limits;
      // Beyond this, URLs aren't even remembered as skipped: a file may name millions.
      if (this.#asked.size >= MAX_KNOWN_FACTOR * addresses) {
        return Promise.resolve(this.#failed(url, tooMany(addresses)));
      }
      const isOneTooMany = this.#asked.size >= addresses;
      answer = this.#slots.run('', this.#deps.signal, () =>
        this.#ask(url, isOneTooMany ? tooMany(addresses) : undefined),
      );
      this.#asked.set(url, answer);
    }
    return answer;
  }

  prepare(urls: readonly string[]): void {
    for (const url of urls) {
      // The error is reported when the URL is read.
      if (URL.canParse(url)) this.ask(url).catch(() => undefined);
    }
  }

  async read(url: string): Promise<UrlFile> {
    return readOf(url, await this.#wantedAt(url));
  }

  async search(url: string): Promise<UrlSearch> {
    return searchOf(await this.#wantedAt(url));
  }

  async #wantedAt(url: string): Promise<CachedUrl> {
    const kept = await this.ask(url);
    if (this.#known.has(url)) this.#wanted.add(url);
    return withLastFiles(kept);
  }

  async #ask(url: string, failure: CachedFailure | undefined): Promise<CachedUrl> {
    const { signal, onAnswer } = this.#deps;
    signal.throwIfAborted();
    let kept: CachedUrl;
    try {
      kept = failure ? this.#failed(url, failure) : await this.#answer(url);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof SourceError) this.#errors.set(url, error);
      kept = this.#failed(url, failureWords(error, url));
    }
    this.#known.set(url, kept);
    onAnswer?.(this.#known.size);
    return kept;
  }

  async #answer(url: string): Promise<CachedUrl> {
    const { integrations, credentials, copy, signal, limits } = this.#deps;
    const known = copy.get(url);
    const question = await questionOf(
      url,
      integrations,
      async origin => (await credentials.authorization(origin, signal)) !== undefined,
    );
    const { request, type } = question;
    let answer: SourceAnswer;
    try {
      const files = await this.#filesByGit(question, known);
      if (files) {
        // An ETag belongs to an archive, so it is dropped if the files come from git.
        const etag = known?.files === files ? known.etag : undefined;
        return this.#counted(this.#changed(known, { files, etag, isPattern: true }));
      }
      answer = await this.#deps.http.send({
        url: request.url,
        headers: request.headers,
        forgeHosts: request.forgeHosts,
        etag: known?.files && known.etag,
        maxSize: type === 'file' ? limits.file : limits.archive,
        isAnonymous: !this.#mayBeSignedIn(url),
        traffic: this.#deps.traffic,
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof SourceError)) throw error;
      this.#errors.set(url, error);
      return this.#failed(url, failureWords(error, url, { request, integrations }));
    }
    if (answer.type === 'unchanged') {
      return known?.failure === undefined && known
        ? this.#counted(known)
        : this.#renewed(url, known);
    }
    const page = type === 'file' ? webPage(url, answer) : undefined;
    if (page) return this.#failed(url, page);
    const files =
      question.type === 'file'
        ? [{ url, text: WITH_MARK.decode(contentOf(request, answer.body)) }]
        : await archivedFiles(url, question, answer.body);
    return this.#counted(
      this.#changed(known, { files, etag: answer.etag, isPattern: type === 'pattern' }),
    );
  }

  /** Returns undefined if git is not used or has no result. @throws like a wildcard round */
  async #filesByGit(
    question: UrlQuestion,
    known: CachedUrl | undefined,
  ): Promise<readonly UrlFile[] | undefined> {
    if (question.type === 'file' || !question.repository) return undefined;
    const round = await this.#deps.wildcards?.();
    return round?.find(question, known?.files);
  }

  /**
   * Whether to send credentials. For forges, as Backstage does, because a URL names a repository. Other URLs come
   * from files that anyone may have written: with a token, they could read whatever an API returns to the user
   * (`https://api.github.com/…`, a Backstage). Backstage requests those without a token, so credentials are sent
   * only to the origin of the user's source.
   */
  #mayBeSignedIn(url: string): boolean {
    const { home, integrations } = this.#deps;
    if (integrations.typeOf(url) !== undefined) return true;
    return home !== undefined && new URL(url).origin === new URL(home).origin;
  }

  /** Handles "not modified", also after a failure. */
  #renewed(url: string, known: CachedUrl | undefined): CachedUrl {
    if (!known) return this.#failed(url, { name: 'Error', message: `${url} gives nothing` });
    return this.#counted({ ...known, failure: undefined });
  }

  #changed(
    known: CachedUrl | undefined,
    {
      files,
      etag,
      isPattern,
    }: Pick<CachedUrl, 'etag' | 'isPattern'> & { files: readonly UrlFile[] },
  ): CachedUrl {
    if (!known?.files || !isSameFiles(known.files, files)) {
      return { isPattern, etag, files, changedAt: this.#deps.clock.now() };
    }
    const isAsBefore = known.etag === etag && known.failure === undefined;
    return isAsBefore ? known : { ...known, etag, failure: undefined };
  }

  #counted(kept: CachedUrl): CachedUrl {
    for (const { text } of kept.files ?? []) this.#size += text.length;
    if (this.#size <= this.#deps.limits.size) return kept;
    throw new SourceError('invalid', 'The files of the source are too large');
  }

  #failed(url: string, failure: CachedFailure): CachedUrl {
    const { copy, integrations, clock } = this.#deps;
    const known = copy.get(url);
    if (!known) {
      return { isPattern: isPatternUrl(url, integrations), failure, changedAt: clock.now() };
    }
    return JSON.stringify(known.failure) === JSON.stringify(failure)
      ? known
      : { ...known, failure };
  }
}

function tooMany(addresses: number): CachedFailure {
  return {
    name: 'Error',
    message: `The source leads to more than ${addresses} addresses`,
    advice: 'Add what it leads to as separate sources.',
  };
}

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
 * Converts a failure to the message that Backstage has for the same answer.
 *
 * Source: the `UrlReader`s of `@backstage/backend-defaults`.
 *
 * @param url - URL to read
 * @param asked - the request; undefined if none was sent
 */
function failureWords(
  error: unknown,
  url: string,
  asked?: { readonly request: RemoteRequest; readonly integrations: ScmIntegrations },
): CachedFailure {
  if (!(error instanceof SourceError)) {
    return { name: 'Error', message: errorMessage(error) };
  }
  const { failure, status } = error;
  const shown = withoutUser(url);
  const advice = error.advice === undefined ? {} : { advice: error.advice };
  if (failure === 'refused') {
    // Backstage's message names the settings of its own machine.
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

/** Removes credentials from a URL. */
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
    case 'gerrit':
      if (answer.startsWith('404')) return `File ${url} not found.`;
      return `${url} could not be read as ${request.url}, ${answer}`;
    case 'harness':
      return `${url} x ${request.url}, ${answer}`;
    default:
      return `${url} could not be read as ${request.url}, ${answer}`;
  }
}

/** Detects a web page instead of a file, as hosts send it to users who are not signed in. */
function webPage(
  url: string,
  { headers, body }: Extract<SourceAnswer, { readonly type: 'answered' }>,
): CachedFailure | undefined {
  const isPage = /^text\/html\b/i.test(headers.get('content-type') ?? '');
  const { pathname, host } = new URL(url);
  // Some hosts declare everything as HTML.
  const start = new TextDecoder().decode(body.subarray(0, 200)).trimStart();
  if (!isPage || /\.html?$/i.test(pathname) || !start.startsWith('<')) return undefined;
  return {
    name: 'Error',
    message: `${url} is a web page, not a file`,
    advice: `If it is a sign-in page, set a token for ${host}. Otherwise use the address of the file itself.`,
  };
}
