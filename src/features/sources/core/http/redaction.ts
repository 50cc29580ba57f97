/** Shorter parts of a header are words that occur anywhere. */
const SHORTEST = 6;
/** Of what a server says, so much is told. */
const LONGEST = 300;

/** Takes secrets out of texts: what was sent, what is in it, and how that is spelled in addresses and JSON. */
export class Redaction {
  readonly #secrets = new Set<string>();

  /** @param value - of a header that lets somebody in: `Bearer …`, `Basic …`, or the token alone */
  add(value: string): void {
    const [scheme = '', ...rest] = value.trim().split(/\s+/);
    const token = rest.join(' ');
    const parts = token === '' ? [scheme] : [value.trim(), token];
    if (/^basic$/i.test(scheme)) parts.push(...passwordsIn(token));
    for (const part of parts.flatMap(text => [text, encodeURIComponent(text), quoted(text)])) {
      if (part.length >= SHORTEST) this.#secrets.add(part);
    }
  }

  /** A text of others on one line, without what is secret, and not too long. */
  plain(text: string): string {
    const line = this.redact(text)
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
      .trim();
    return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
  }

  redact(text: string): string {
    // The longest first: they hold the others.
    const secrets = [...this.#secrets].sort((one, other) => other.length - one.length);
    // Hosts of addresses are always in lower case, whatever was written there.
    const patterns = secrets.map(secret => new RegExp(escaped(secret), 'gi'));
    return patterns.reduce((rest, pattern) => rest.replace(pattern, '***'), text);
  }
}

function passwordsIn(token: string): readonly string[] {
  try {
    const pair = new TextDecoder().decode(Uint8Array.from(atob(token), c => c.charCodeAt(0)));
    return [pair, pair.slice(pair.indexOf(':') + 1)];
  } catch {
    return [];
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
