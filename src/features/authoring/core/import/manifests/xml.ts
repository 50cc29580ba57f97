import { Parser } from 'htmlparser2';

/** Longer texts are no names or descriptions, in UTF-16 code units. */
const MAX_TEXT = 2000;
/** Elements further inside are not read. */
const MAX_DEPTH = 3;
/** The parser takes quadratic time for nested elements: reading ends at this depth. */
const MAX_NESTING = 256;

export interface XmlManifest {
  /** Attributes of the root element. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Texts of elements by their path, such as `project/artifactId`; of several, the first. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads as much of an XML document as can be understood. */
export function readXml(xml: string): XmlManifest {
  let attributes = new Map<string, string>();
  const texts = new Map<string, string>();
  const path: string[] = [];
  let text = '';
  const parser = new Parser(
    {
      onopentag(name, written) {
        if (path.length === MAX_NESTING) return parser.pause();
        if (path.push(name) === 1) attributes = new Map(Object.entries(written));
        text = '';
      },
      ontext(part) {
        if (text.length <= MAX_TEXT) text += part;
      },
      onclosetag(_, isImplied) {
        const key = path.length > MAX_DEPTH ? undefined : path.join('/');
        const isField = key !== undefined && !isImplied && text.length <= MAX_TEXT;
        if (isField && !texts.has(key)) texts.set(key, text);
        path.pop();
        text = '';
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return { attributes, texts };
}
