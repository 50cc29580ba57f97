/** Texts that need no quotes in any context, including brackets. */
const PLAIN = /^[A-Za-z0-9_./$](?:[\w./$@+~-]|[:#](?=[\w./$@+~:#-]))*#?$/;

/** Values that YAML 1.2's core schema, or an older parser, doesn't read as a string. */
const NO_TEXT =
  /^(?:true|false|null|yes|no|on|off|y|n|[-+]?[\d_.]+(?:e[-+]?\d+)?|0[xob][\da-f_]+|[-+]?\.(?:inf|nan)|[\d:.-]+|\d{4}-\d\d?-\d\d?.*)$/i;

/** Formats a text as a one-line YAML scalar, without quotes if possible. */
export function plainOrQuoted(text: string): string {
  if (PLAIN.test(text) && !NO_TEXT.test(text)) return text;
  return /[\p{Cc}\u2028\u2029]/u.test(text) ? JSON.stringify(text) : `'${quotedWithin(text, "'")}'`;
}

/** Escapes a text for quotes. */
export function quotedWithin(text: string, quote: '"' | "'"): string {
  return quote === '"' ? JSON.stringify(text).slice(1, -1) : text.replaceAll("'", "''");
}

/** Escapes a text for a snippet. */
export function inSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

/** Returns the text of a snippet with the defaults of its tab stops. */
export function filledSnippet(snippet: string): string {
  let at = 0;
  const text = (...ends: readonly string[]): string => {
    let result = '';
    while (at < snippet.length && !ends.includes(snippet.charAt(at))) {
      const place = /^\$(?:\d+|\{\d+(?<rest>[}:|]))/.exec(snippet.slice(at));
      if (place) {
        at += place[0].length;
        result += proposal(place.groups?.['rest']);
      } else {
        if (/^\\[$}\\,|]/.test(snippet.slice(at))) at++;
        result += snippet.charAt(at++);
      }
    }
    return result;
  };
  const proposal = (rest: string | undefined): string => {
    if (rest === ':') {
      const proposed = text('}');
      at++;
      return proposed;
    }
    if (rest !== '|') return '';
    const [first = ''] = choices();
    return first;
  };
  const choices = (): readonly string[] => {
    const found = [text(',', '|')];
    while (snippet.charAt(at) === ',') {
      at++;
      found.push(text(',', '|'));
    }
    at += '|}'.length;
    return found;
  };
  return text();
}

/** Returns a tab stop with choices, the first of which is the default. */
export function snippetChoice(stop: number, texts: readonly string[]): string {
  const [only, ...others] = texts;
  if (only === undefined) return `$${stop}`;
  if (!others.length) return `\${${stop}:${inSnippet(only)}}`;
  return `\${${stop}|${texts.map(text => text.replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
}
