import {
  dirnameUri,
  formatUri,
  isWithin,
  joinUri,
  normalizePath,
  parseUri,
} from '../../../../../base';
import { tameSchema } from '../service/tameSchema';

/** How schemas that others wrote come in. */
export interface ForeignSchemaDeps {
  /**
   * Reads a file of a workspace folder; rejects where there is none. It is asked for nothing outside of
   * the folders, but a symbolic link may lead there: whoever implements it follows none.
   *
   * @param uri - in the canonical spelling of `base/uri.ts`
   */
  readFile(uri: string): Promise<string>;
  /**
   * Gets a text over the network; rejects where it cannot. It is asked for hosts in `allowedHosts`
   * alone, but where a server redirects is the fetcher's business: it has to refuse redirects, or ask
   * `refusalOfUrl` for each.
   */
  fetchText(url: string, signal: AbortSignal): Promise<string>;
  /** URIs of the workspace folders, in the canonical spelling. */
  workspaceFolders(): readonly string[];
  /** Whether the user trusts the workspace: without, nothing is fetched. */
  isTrusted(): boolean;
  /** Hosts that schemas are fetched from, `host` or `host:port`. */
  allowedHosts(): readonly string[];
  /** Milliseconds of a clock that only goes forward. */
  now(): number;
}

/** Where a reference leads, or why it must not be followed. */
export type ResolvedReference =
  | { readonly uri: string; readonly refusal?: undefined }
  | { readonly uri?: undefined; readonly refusal: string };

/** Larger than the largest in use, which describe whole clouds. */
const MAX_LENGTH = 4_000_000;
const MAX_DOCUMENTS = 100;
const FETCH_TIMEOUT = 10_000;
/** How long a failure counts, in milliseconds. */
const FAILURE_TIME = 30_000;

/** These answer for the machine that asks, and hold its credentials: not even a listed name leads here. */
const METADATA =
  /^(?:169\.254\.\d+\.\d+|\[fe[89ab][\da-f]:.*\]|\[fd00:ec2:.*\]|\[::ffff:a9fe:.*\]|metadata(?:\.google\.internal)?)$/;

interface Loaded {
  readonly text: Promise<string>;
  /** When it came to nothing, if it did. */
  failedAt?: number;
}

/**
 * Schemas that a modeline or another schema refers to: files inside of the workspace folders, and URLs
 * of hosts that the user has listed, in a workspace that the user trusts. Everything else is refused
 * before anything is asked.
 */
export class ForeignSchemas {
  readonly #deps: ForeignSchemaDeps;
  readonly #loaded = new Map<string, Loaded>();

  constructor(deps: ForeignSchemaDeps) {
    this.#deps = deps;
  }

  /** Follows a reference as it stands in a file. */
  resolve(reference: string, fileUri: string): ResolvedReference {
    const [target = ''] = reference.split('#', 1);
    try {
      if (/^https?:/i.test(target)) return this.#checked(new URL(target).href);
      if (/^file:\/\//i.test(target)) return this.#checked(asCanonical(target));
      if (/^[a-z][\w+.-]*:/i.test(target) || target.includes('\\')) {
        return { refusal: 'only paths in the workspace and URLs of listed hosts are read' };
      }
      return this.#checked(joinUri(dirnameUri(fileUri), target));
    } catch {
      return { refusal: 'it is neither a path nor a URL' };
    }
  }

  /**
   * The text of a schema, as JSON that is safe to judge by.
   *
   * @param reference - what `resolve` gave, or what a schema refers to, as a whole URI
   * @throws Error with the reason where it is refused or cannot be read
   */
  async load(reference: string): Promise<string> {
    // What a schema refers to has been resolved by others: it is held against the limits here.
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
      throw new Error('too many schemas are in use');
    const loaded: Loaded = { text: this.#read(uri) };
    this.#loaded.set(uri, loaded);
    loaded.text.catch(() => (loaded.failedAt = this.#deps.now()));
    return loaded.text;
  }

  /** Has a schema fail for a while that has turned out to be of no use. */
  refuse(uri: string, reason: string): void {
    const text = Promise.reject(new Error(reason));
    text.catch(() => undefined);
    this.#loaded.set(uri, { text, failedAt: this.#deps.now() });
  }

  /**
   * Has a schema read again when it is next asked for, or all below a folder; without a URI, all.
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
    if (text.length > MAX_LENGTH) throw new Error('it is too large');
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
    : 'it is outside of the workspace; copy it into a folder of the workspace';
}

/**
 * Why nothing may be fetched from a URL; undefined where it may.
 *
 * Hosts count as they are written: a name that the user has listed may lead to any address. Names that
 * mean this machine, addresses of private networks among them, have to be listed as they are; addresses
 * that answer with credentials are refused even then.
 */
export function refusalOfUrl(
  url: string,
  { isTrusted, allowedHosts }: Pick<ForeignSchemaDeps, 'isTrusted' | 'allowedHosts'>,
): string | undefined {
  const { protocol, hostname, host, username, password } = new URL(url);
  const name = hostname.replace(/\.$/, '');
  if (!/^https?:$/.test(protocol) || username || password) return 'such a URL is not read';
  if (METADATA.test(name)) return `${name} is never asked`;
  const instead = 'copy the schema into the workspace';
  if (!isTrusted()) {
    return `nothing is fetched in a workspace that is not trusted; trust it, or ${instead}`;
  }
  const isListed = allowedHosts().some(allowed => [host, name].includes(allowed.toLowerCase()));
  return isListed
    ? undefined
    : `${host} is not in callboard.yaml.schemaHosts, the hosts that schemas are fetched from; add it there, or ${instead}`;
}

function asCanonical(uri: string): string {
  const components = parseUri(uri);
  return formatUri({ ...components, path: normalizePath(components.path) });
}
