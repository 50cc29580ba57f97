export type AttributeEntry = readonly [name: string, value: string];

interface AttributeList {
  readonly entries: readonly AttributeEntry[];
  /** Unparsed text up to the closing brace. */
  readonly rest: string;
}

const forms: readonly [RegExp, (text: string) => AttributeEntry][] = [
  [/[^ =}]+="[^"\n]*"/y, text => keyAndValue(text, '"')],
  [/[^ =}]+='[^'\n]*'/y, text => keyAndValue(text, "'")],
  [/[^ =}]+=[^ =}]+/y, text => keyAndValue(text, '')],
  [
    /[^ =}]+/y,
    text => {
      if (text.startsWith('.')) return ['.', text.slice(1)];
      if (text.startsWith('#')) return ['id', text.slice(1)];
      return [text, text];
    },
  ],
];

/** Parses `.class #id key=value key="value"`. Classes have the name `.`. */
export function readAttributeList(text: string): AttributeList {
  const entries: AttributeEntry[] = [];
  let at = 0;
  reading: while (at < text.length) {
    for (const [form, read] of forms) {
      form.lastIndex = at;
      const found = form.exec(text);
      if (!found) continue;
      entries.push(read(found[0]));
      at += found[0].length;
      continue reading;
    }
    if (text[at] !== ' ') break;
    at++;
  }
  const brace = text.indexOf('}', at);
  return { entries, rest: brace === -1 ? '' : text.slice(brace) };
}

function keyAndValue(text: string, quote: string): AttributeEntry {
  const equals = text.indexOf('=');
  let value = text.slice(equals + 1);
  if (quote !== '') {
    while (value.startsWith(quote)) value = value.slice(1);
    while (value.endsWith(quote)) value = value.slice(0, -1);
  }
  return [text.slice(0, equals), value];
}

const notInNames =
  /[^\u0300-\u036fA-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd:\-.0-9\u00b7\u203f-\u2040]+/g;

export const attributeName = (written: string): string => written.replace(notInNames, '_');
