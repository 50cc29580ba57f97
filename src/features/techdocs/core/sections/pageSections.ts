import { readStartTag } from '../markdown/preprocess/htmlTokens';
import { decodeEntities } from '../markdown/text/entities';

/** Text of a page below a heading, up to the next one. */
export interface PageSection {
  /** Id of the heading; undefined before the first heading, or for one without an id. */
  readonly anchor: string | undefined;
  /** Level of the heading, from 1; 0 before the first. */
  readonly level: number;
  /** Text of the heading; empty before the first. */
  readonly title: string;
  readonly text: string;
}

/** Elements that aren't part of the text. */
const hidden: ReadonlySet<string> = new Set(['script', 'style', 'template', 'svg']);
const hiddenClass = /\bclass="[^"]*\b(?:headerlink|linenos|linenodiv)\b/;

interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly source: string;
  readonly from: number;
  readonly to: number;
}

/** Splits the text of a page by headings. */
export function pageSections(html: string): readonly PageSection[] {
  const sections: PageSection[] = [];
  let anchor: string | undefined;
  let level = 0;
  let heading: string[] = [];
  let text: string[] = [];
  /** Name of the open heading element. */
  let open: string | undefined;
  /** Name of the hidden element being skipped. */
  let skipped: string | undefined;
  const close = (): void => {
    const section = { anchor, level, title: oneLine(heading), text: oneLine(text) };
    if (section.title !== '' || section.text !== '') sections.push(section);
    [heading, text] = [[], []];
  };
  let at = 0;
  for (const tag of tagsOf(html)) {
    if (skipped === undefined) (open === undefined ? text : heading).push(html.slice(at, tag.from));
    at = tag.to;
    const { name, isEnd, source } = tag;
    if (skipped !== undefined) {
      if (isEnd && name === skipped) skipped = undefined;
    } else if (isEnd) {
      if (name === open) open = undefined;
    } else if (hidden.has(name) || hiddenClass.test(source)) {
      skipped = source.endsWith('/>') ? undefined : name;
    } else if (/^h[1-6]$/.test(name)) {
      close();
      anchor = idIn(source);
      level = Number(name.slice(1));
      open = name;
    }
    // Separates words of adjacent blocks and cells.
    if (!inline.has(name)) (open === undefined ? text : heading).push(' ');
  }
  if (skipped === undefined) text.push(html.slice(at));
  close();
  return sections;
}

/** Elements that don't separate words. */
const inline: ReadonlySet<string> = new Set(
  'a abbr b code del em i ins kbd mark s small span strong sub sup u wbr'.split(' '),
);

/** Yields the tags of HTML. Incomplete tags are text. */
function* tagsOf(html: string): Generator<Tag> {
  let from = html.indexOf('<');
  while (from !== -1) {
    let to = from + 1;
    if (html.startsWith('<!--', from)) {
      const end = html.indexOf('-->', from);
      if (end === -1) return;
      to = end + 3;
      yield { name: '!--', isEnd: false, source: '', from, to };
    } else if (/[a-z/]/i.test(html[to] ?? '')) {
      const end = tagEnd(html, to);
      if (end === undefined) return;
      to = end;
      const source = html.slice(from, to);
      const [, slash, name = ''] = /^<(\/?)([a-z][a-z0-9-]*)?/i.exec(source) ?? [];
      yield { name: name.toLowerCase(), isEnd: slash === '/', source, from, to };
    }
    from = html.indexOf('<', to);
  }
}

/** Returns the end of a tag. Quoted attributes may contain `>`. */
function tagEnd(html: string, from: number): number | undefined {
  for (let at = from; at < html.length; at++) {
    const character = html[at];
    if (character === '>') return at + 1;
    if (character !== '"' && character !== "'") continue;
    at = html.indexOf(character, at + 1);
    if (at === -1) return undefined;
  }
  return undefined;
}

function idIn(source: string): string | undefined {
  const tag = readStartTag(source, 0);
  const id = tag && 'attributes' in tag ? tag.attributes.get('id') : undefined;
  return id === undefined ? undefined : decodeEntities(id);
}

function oneLine(parts: readonly string[]): string {
  return decodeEntities(parts.join('')).replace(/\s+/g, ' ').trim();
}
