import { Parser } from 'htmlparser2';

/** The maximum length of a text in UTF-16 code units, more than names and descriptions have. */
const MAX_TEXT = 2000;
/** The maximum depth of elements that are read. */
const MAX_DEPTH = 3;
/** The nesting at which parsing stops: the parser takes quadratic time for nested elements. */
const MAX_NESTING = 256;

export interface XmlManifest {
  /** Attributes of the root element. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Texts of elements by path, such as `project/artifactId`; the first of several. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads as much of an XML document as is valid. */
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
