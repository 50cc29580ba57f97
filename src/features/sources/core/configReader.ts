import { isLoopback } from '../../../platform/core/hosts';

/** Explains where to put a token, for users who put it into an address or a setting. */
export const WHERE_TOKENS_GO =
  'set a token with "Callboard: Set Source Token…", or in the environment on the command line';

/** Names of URL parameters and keys that hold credentials. */
const SECRET =
  /^(?:(?:private|access|auth|api|job|client|refresh)[_-]?)?(?:token|key|password|secret)$/i;

/** Reads one source of the settings and reports a sentence for each unusable value. */
export class ConfigReader {
  readonly #entry: Readonly<Record<string, unknown>>;
  readonly #complain: (problem: string) => void;
  /** Names of kinds that are known besides the built-in ones. */
  readonly customKinds: readonly string[];
  #isUsable = true;

  constructor(
    entry: Readonly<Record<string, unknown>>,
    complain: (problem: string) => void,
    customKinds: readonly string[] = [],
  ) {
    this.customKinds = customKinds;
    this.#entry = entry;
    this.#complain = complain;
  }

  /** Whether all required values are valid. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  /** Reports a problem that makes the source unusable. @returns undefined, for the caller to return */
  refuse(problem: string): undefined {
    this.#isUsable = false;
    this.#complain(problem);
    return undefined;
  }

  /** Reports an ignored value. */
  skip(problem: string): void {
    this.#complain(problem);
  }

  /** Reports unknown keys. */
  expectOnly(keys: readonly string[]): void {
    for (const key of Object.keys(this.#entry)) {
      if (keys.includes(key)) continue;
      if (SECRET.test(key)) this.refuse(`must not contain "${key}": ${WHERE_TOKENS_GO}`);
      else this.skip(`has an unknown property "${shown(key)}"`);
    }
  }

  text(key: string): string | undefined {
    const value = this.#entry[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string' && value.trim() !== '' && !/\p{Cc}/u.test(value)) {
      return value.trim();
    }
    return this.refuse(`must have text on one line as its "${key}"`);
  }

  requiredText(key: string): string | undefined {
    const value = this.#entry[key];
    return value === undefined || value === null
      ? this.refuse(`must have a "${key}"`)
      : this.text(key);
  }

  /** Reads a string or a list of strings. */
  texts(key: string): readonly string[] | undefined {
    const value = this.#entry[key];
    if (value === undefined || value === null) return undefined;
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = list.filter(item => typeof item === 'string').map(text => text.trim());
    if (texts.length === list.length && texts.every(text => text !== '' && !/\p{Cc}/u.test(text))) {
      return texts;
    }
    return this.refuse(`must have a list of strings as its "${key}"`);
  }

  number(key: string): number | undefined {
    const value = this.#entry[key];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value;
    this.skip(`must have a number of 0 or more as its "${key}"`);
    return undefined;
  }

  /** Reads an https address, or an http address of this machine, without credentials. */
  webAddress(key: string): URL | undefined {
    const text = this.requiredText(key);
    if (text === undefined) return undefined;
    if (!URL.canParse(text)) return this.refuse(`must have an address as its "${key}"`);
    const url = new URL(text);
    const { protocol, username, password, searchParams } = url;
    if (username !== '' || password !== '') {
      return this.refuse(`must not contain credentials in its "${key}": ${WHERE_TOKENS_GO}`);
    }
    if ([...searchParams.keys()].some(name => SECRET.test(name))) {
      return this.refuse(`must not contain a token in its "${key}": ${WHERE_TOKENS_GO}`);
    }
    if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(url))) {
      return this.refuse(`must have an https address as its "${key}"`);
    }
    url.hash = '';
    return url;
  }

  /** Reads a host name, with a port unless it is that of https. */
  host(key: string): string | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const url = `https://${text}`;
    if (/^[^\s/@?#\\]+$/.test(text) && URL.canParse(url)) return new URL(url).host;
    return this.refuse(`must have a host name as its "${key}"`);
  }
}

/** Untrusted text on one line, truncated, for messages. */
function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
