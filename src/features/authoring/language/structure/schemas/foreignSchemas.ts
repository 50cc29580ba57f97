import {
  dirnameUri,
  formatUri,
  isWithin,
  joinUri,
  normalizePath,
  parseUri,
  translate,
} from '../../../../../base';
import { tameSchema } from '../service/tameSchema';

/** Access to schemas outside of Callboard. */
export interface ForeignSchemaDeps {
  /**
   * Reads a file of a workspace folder; rejects if there is none. Called only with URIs in the folders, but
   * implementations must not follow symbolic links out of them.
   *
   * @param uri - in the canonical spelling of `base/uri.ts`
   */
  readFile(uri: string): Promise<string>;
  /**
   * Fetches a text; rejects on failure. Called only for hosts in `allowedHosts`, but implementations must reject
   * redirects, or check each with `refusalOfUrl`.
   */
  fetchText(url: string, signal: AbortSignal): Promise<string>;
  /** Returns URIs of the workspace folders, in the canonical spelling. */
  workspaceFolders(): readonly string[];
  /** Whether the workspace is trusted; otherwise nothing is fetched. */
  isTrusted(): boolean;
  /** Returns hosts that schemas may be fetched from, `host` or `host:port`. */
  allowedHosts(): readonly string[];
  /** Returns the time of a monotonic clock in milliseconds. */
  now(): number;
}

/** The target of a reference, or the reason why it is refused. */
export type ResolvedReference =
  | { readonly uri: string; readonly refusal?: undefined }
  | { readonly uri?: undefined; readonly refusal: string };

/** Limits, larger than the largest schemas in use, which describe whole clouds. */
const MAX_LENGTH = 4_000_000;
const MAX_DOCUMENTS = 100;
const FETCH_TIMEOUT = 10_000;
/** The time for which a failure is cached, in milliseconds. */
const FAILURE_TIME = 30_000;

/** Metadata services, which return credentials of this machine: refused even if they are allowlisted. */
const METADATA =
  /^(?:169\.254\.\d+\.\d+|\[fe[89ab][\da-f]:.*\]|\[fd00:ec2:.*\]|\[::ffff:a9fe:.*\]|metadata(?:\.google\.internal)?)$/;

interface Loaded {
  readonly text: Promise<string>;
  /** The time of the failure, if loading failed. */
  failedAt?: number;
}

/**
 * Schemas that a modeline or another schema refers to: files in the workspace folders, and URLs of hosts that the user
 * allows, in a trusted workspace. Everything else is refused without any access.
 */
export class ForeignSchemas {
  readonly #deps: ForeignSchemaDeps;
  readonly #loaded = new Map<string, Loaded>();

  constructor(deps: ForeignSchemaDeps) {
    this.#deps = deps;
  }

  /** Resolves a reference relative to a file. */
  resolve(reference: string, fileUri: string): ResolvedReference {
    const [target = ''] = reference.split('#', 1);
    try {
      if (/^https?:/i.test(target)) return this.#checked(new URL(target).href);
      if (/^file:\/\//i.test(target)) return this.#checked(asCanonical(target));
      if (/^[a-z][\w+.-]*:/i.test(target) || target.includes('\\')) {
        return {
          refusal: translate('only workspace paths and URLs of allowed hosts are supported'),
        };
      }
      return this.#checked(joinUri(dirnameUri(fileUri), target));
    } catch {
      // `URL` has only this error, and the refusal says all that it does.
      return { refusal: translate('not a path or URL') };
    }
  }

  /**
   * Returns the text of a schema, as JSON that is safe to validate with.
   *
   * @param reference - the result of `resolve`, or a full URI in a schema
   * @throws Error with the reason if it is refused or can't be read
   */
  async load(reference: string): Promise<string> {
    // References in a schema are resolved by the library, so the limits are checked here.
    const { uri, refusal } = this.#checked(
      /^https?:/i.test(reference) ? new URL(reference).href : asCanonical(reference),
    );
    if (uri === undefined) throw new Error(refusal);
    const known = this.#loaded.get(uri);
    const { failedAt } = known ?? {};
    if (known && (failedAt === undefined || this.#deps.now() - failedAt < FAILURE_TIME)) {
      return known.text;
    }
    if (!known && this.#loaded.size >= MAX_DOCUMENTS)
      throw new Error(translate('too many schemas'));
    const loaded: Loaded = { text: this.#read(uri) };
    this.#loaded.set(uri, loaded);
    loaded.text.catch(() => (loaded.failedAt = this.#deps.now()));
    return loaded.text;
  }

  /** Makes a schema that turned out to be unusable fail for a while. */
  refuse(uri: string, reason: string): void {
    const text = Promise.reject(new Error(reason));
    text.catch(() => undefined);
    this.#loaded.set(uri, { text, failedAt: this.#deps.now() });
  }

  /**
   * Reloads a schema on its next use, or all below a folder; without a URI, all.
   *
   * @returns whether there was one
   */
  forget(uri?: string): boolean {
    const forgotten = [...this.#loaded.keys()].filter(
      loaded => uri === undefined || loaded === uri || isWithin(uri, loaded),
    );
    for (const loaded of forgotten) this.#loaded.delete(loaded);
    return forgotten.length > 0;
  }

  async #read(uri: string): Promise<string> {
    const text = /^https?:/.test(uri)
      ? await this.#deps.fetchText(uri, AbortSignal.timeout(FETCH_TIMEOUT))
      : await this.#deps.readFile(uri);
    if (text.length > MAX_LENGTH) throw new Error(translate('too large'));
    return tameSchema(text);
  }

  #checked(uri: string): ResolvedReference {
    const refusal = /^https?:/.test(uri)
      ? refusalOfUrl(uri, this.#deps)
      : refusalOfFile(uri, this.#deps.workspaceFolders());
    return refusal === undefined ? { uri } : { refusal };
  }
}

function refusalOfFile(uri: string, folders: readonly string[]): string | undefined {
  return folders.some(folder => isWithin(folder, uri))
    ? undefined
    : translate('outside the workspace; copy it into a workspace folder');
}

/**
 * Returns the reason why a URL may not be fetched; undefined if it may. Checks hosts as written: an allowed name may
 * resolve to any address. Names of this machine and private addresses have to be allowed literally; metadata services
 * are refused even then.
 */
export function refusalOfUrl(
  url: string,
  { isTrusted, allowedHosts }: Pick<ForeignSchemaDeps, 'isTrusted' | 'allowedHosts'>,
): string | undefined {
  const { protocol, hostname, host, username, password } = new URL(url);
  const name = hostname.replace(/\.$/, '');
  if (!/^https?:$/.test(protocol) || username || password) return translate('unsupported URL');
  if (METADATA.test(name)) return translate('requests to {0} are blocked', name);
  const instead = translate('copy the schema into the workspace');
  if (!isTrusted()) {
    return translate("schemas aren't fetched in an untrusted workspace; trust it, or {0}", instead);
  }
  const isListed = allowedHosts().some(allowed => [host, name].includes(allowed.toLowerCase()));
  return isListed
    ? undefined
    : translate("{0} isn't in callboard.yaml.schemaHosts; add it there, or {1}", host, instead);
}

function asCanonical(uri: string): string {
  const components = parseUri(uri);
  return formatUri({ ...components, path: normalizePath(components.path) });
}
