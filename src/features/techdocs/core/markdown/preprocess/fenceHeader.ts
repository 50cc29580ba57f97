/** What stands behind the ticks of a fence. */
export interface FenceHeader {
  readonly fence: string;
  readonly language: string | undefined;
  /** Between braces, as attribute lists are written. */
  readonly attributes: string | undefined;
  /** `key="value"`, and keys alone. */
  readonly options: readonly (readonly [key: string, value: string])[];
}

const ticks = /^(~{3,}|`{3,})/;
const languagePart = /^[ \t]*\.?([\p{L}\p{N}_#.+-]+)(?=[\t ]|$)/u;
const attributesPart = /^[ \t]*\{(.*)\}[ \t]*$/;
const optionKey = /^[ \t]*([a-zA-Z][a-zA-Z0-9_]*)/;

/** Undefined for what begins no fence. */
export function readFenceHeader(text: string): FenceHeader | undefined {
  const opening = ticks.exec(text);
  if (!opening) return undefined;
  const fence = opening[0];
  const rest = text.slice(fence.length);
  const named = languagePart.exec(rest);
  const parts = named ? [rest.slice(named[0].length), rest] : [rest];
  // A language is tried first; where the rest makes no sense then, it may be an option.
  for (const [index, part] of parts.entries()) {
    const language = named && index === 0 ? named[1] : undefined;
    const attributes = attributesPart.exec(part)?.[1];
    if (attributes !== undefined) return { fence, language, attributes, options: [] };
    const options = readOptions(part);
    if (options) return { fence, language, attributes: undefined, options };
  }
  return undefined;
}

function readOptions(text: string): [string, string][] | undefined {
  const options: [string, string][] = [];
  let rest = text;
  while (rest.trim() !== '') {
    const key = optionKey.exec(rest);
    if (!key) return undefined;
    rest = rest.slice(key[0].length);
    let value = key[1] ?? '';
    if (rest.startsWith('="') || rest.startsWith("='")) {
      const end = endOfValue(rest);
      if (end === undefined) return undefined;
      value = rest.slice(2, end);
      rest = rest.slice(end + 1);
    }
    if (rest !== '' && !/^[\t ]/.test(rest)) return undefined;
    options.push([key[1] ?? '', value]);
  }
  return options;
}

/** The first quote that ends the option: a space or the end of the line follows. */
function endOfValue(text: string): number | undefined {
  const quote = text.charAt(1);
  for (let at = text.indexOf(quote, 2); at !== -1; at = text.indexOf(quote, at + 1)) {
    const next = text[at + 1];
    if (next === undefined || next === ' ' || next === '\t') return at;
  }
  return undefined;
}
