import { joinUri } from '../../../../base';
import type { BuiltSite } from '../sites/buildSite';
import { isIncluded } from '../sites/files/siteFile';
import { type NavEntry, readNavEntries } from '../sites/navigation/navTree';

/** Completion for a place of a page or config. */
export interface DocsChoice {
  readonly type: 'page' | 'file' | 'folder' | 'anchor' | 'entity' | 'area';
  readonly label: string;
  /** Text to insert. */
  readonly text: string;
  /** Text to match typed characters against; defaults to `text`. */
  readonly filter?: string;
  /** Title of a page, heading, or entity. */
  readonly detail?: string | undefined;
}

/** Completions, the likeliest first. */
export interface DocsChoices {
  /** Offsets of the replaced range, within one line. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly DocsChoice[];
  /** Whether more typing may give other completions. */
  readonly isIncomplete: boolean;
}

/** Limit per list. More typing narrows it. */
const MAX_CHOICES = 200;

/** Returns the choices that match the typed text, in the given order. */
export function choicesAt(
  { start, end, typed }: { readonly start: number; readonly end: number; readonly typed: string },
  choices: Iterable<DocsChoice>,
): DocsChoices | undefined {
  const items: DocsChoice[] = [];
  const wanted = typed.toLowerCase();
  for (const choice of choices) {
    if (!isSubsequence(wanted, (choice.filter ?? choice.text).toLowerCase())) continue;
    if (items.length === MAX_CHOICES) return { start, end, items, isIncomplete: true };
    items.push(choice);
  }
  return items.length ? { start, end, items, isIncomplete: false } : undefined;
}

/** Loose subsequence match to shorten long lists; editors filter more precisely. */
function isSubsequence(typed: string, text: string): boolean {
  let at = -1;
  for (const letter of typed) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** A navigation entry up to the cursor: an optional title, and the beginning of the path. */
const ENTRY =
  /^[ \t]*(?:-[ \t]+)+(?:(?:"[^"\n]*"|'[^'\n]*'|[^\s"'#:[\]{}!-][^"#:\n]*):[ \t]+)?(["']?)([^"'#:\n]*)$/;

/** Longest line prefix that is completed. */
const MAX_LINE_PREFIX = 2000;

/**
 * Completes the pages of a navigation entry. Pages that aren't in the navigation yet come first.
 */
export function completeNav({
  site,
  text,
  offset,
}: {
  readonly site: BuiltSite;
  /** Text of the config. */
  readonly text: string;
  readonly offset: number;
}): DocsChoices | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  if (offset - lineStart > MAX_LINE_PREFIX) return undefined;
  const entry = ENTRY.exec(text.slice(lineStart, offset));
  if (!entry || !isInNav(text.slice(0, lineStart))) return undefined;
  const [, quote = '', typed = ''] = entry;
  const rest = /^[^\r\n]*/.exec(text.slice(offset))?.[0] ?? '';
  const [inside = ''] = quote
    ? rest.split(quote, 1)
    : [rest.slice(0, MAX_LINE_PREFIX).replace(/[ \t]+(?:#.*)?$/, '')];
  const isTitle = quote
    ? /^[ \t]*:(?:\s|$)/.test(rest.slice(inside.length + 1))
    : /:(?:\s|$)/.test(inside);
  if (isTitle) return undefined;
  const isOpen = quote !== '' && !rest.startsWith(quote, inside.length);
  const start = offset - typed.length;
  const { nav } = site.config;
  const used = new Set(nav ? targetsOf(readNavEntries(nav)) : []);
  const written = (path: string): string => {
    if (quote === "'") return `${path.replaceAll("'", "''")}${isOpen ? quote : ''}`;
    const quoted = JSON.stringify(path);
    if (quote) return quoted.slice(1, isOpen ? undefined : -1);
    return /^[\w./-]+$/.test(path) && !/^[-.]/.test(path) ? path : quoted;
  };
  const pages = ownPages(site).map((page): DocsChoice => ({
    type: 'page',
    label: page.path,
    text: written(page.path),
    filter: page.path,
    detail: page.title,
  }));
  const isUsed = ({ label }: DocsChoice): boolean => used.has(label);
  return choicesAt({ start, end: offset + inside.length, typed: typed.trim() }, [
    ...pages.filter(page => !isUsed(page)),
    ...pages.filter(isUsed),
  ]);
}

/** Whether the text after `before` belongs to `nav`. The YAML may be incomplete. */
function isInNav(before: string): boolean {
  const key = before
    .split('\n')
    .reverse()
    .find(line => /^[^\s#-]/.test(line));
  return key !== undefined && /^(?:nav|"nav"|'nav')[ \t]*:[ \t]*(?:#.*)?\r?$/.test(key);
}

function targetsOf(entries: readonly NavEntry[]): readonly string[] {
  return entries.flatMap(({ target, children = [] }) => [
    ...(target === undefined ? [] : [target]),
    ...targetsOf(children),
  ]);
}

/** Pages of the site itself. Pages of included sites belong in the navigation of their own site. */
function ownPages({
  content,
  files,
  config,
}: BuiltSite): readonly { readonly path: string; readonly title: string | undefined }[] {
  const docs = joinUri(content.site.folder, config.docsDir);
  const titles = new Map(content.pages.map(({ path, title }) => [path, title]));
  return [...files.values()]
    .filter(file => file.isPage && isIncluded(file) && joinUri(docs, file.path) === file.uri)
    .map(({ path }) => ({ path, title: titles.get(path) }));
}
