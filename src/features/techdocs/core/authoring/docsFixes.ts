import {
  basenameUri,
  dirnameUri,
  isWithin,
  joinUri,
  LineIndex,
  type Range,
} from '../../../../base';
import type { Problem } from '../../../../model';
import type { BuiltSite } from '../sites/buildSite';
import { isPagePath } from '../sites/files/siteFile';
import { titleOfName } from '../sites/python/texts';
import { splitUrl, unquote } from '../sites/python/urls';

/** Fix for a problem of docs. */
export type DocsFix =
  /** Replaces the text at the problem's range. */
  | { readonly type: 'replace'; readonly text: string }
  /** Creates the missing page. */
  | { readonly type: 'create'; readonly file: string; readonly path: string; readonly text: string }
  /** Adds a page to the navigation, at a place in the config. */
  | (NavAddition & {
      readonly type: 'addToNav';
      readonly file: string;
      /** Text of the config before the change. */
      readonly before: string;
    });

interface NavAddition {
  readonly range: Range;
  /** Offsets of `range`. */
  readonly at: { readonly start: number; readonly end: number };
  readonly text: string;
}

export interface DocsFixesDeps {
  readonly site: BuiltSite;
  /** Text at the range of the problem. */
  readonly written: string;
  /** Returns the text of a file, or undefined if it doesn't exist. */
  readonly textOf: (file: string) => Promise<string | undefined>;
}

/** Returns the fixes for a problem, the likeliest first. */
export async function docsFixes(
  problem: Problem,
  deps: DocsFixesDeps,
): Promise<readonly DocsFix[]> {
  const { code, suggestions = [] } = problem;
  const fixes: DocsFix[] = suggestions.map(text => ({ type: 'replace', text }));
  if (code === 'page-link-missing' || code === 'nav-page-missing') {
    const created = await createPageFix(problem, deps);
    if (created) fixes.push(created);
  }
  if (code === 'page-not-in-nav') {
    const added = await addToNavFix(problem, deps);
    if (added) fixes.push(added);
  }
  return fixes;
}

async function createPageFix(
  { code, file = '' }: Problem,
  { site, written, textOf }: DocsFixesDeps,
): Promise<DocsFix | undefined> {
  const docs = joinUri(site.content.site.folder, site.config.docsDir);
  const isEntry = code === 'nav-page-missing';
  const target = isEntry ? written.trim().replace(/^(["'])(.*)\1$/, '$2') : written;
  const { scheme, authority, path: quoted } = splitUrl(target);
  const path = isEntry ? quoted : unquote(quoted);
  if (scheme || authority || !isPagePath(path) || path.startsWith('/')) return undefined;
  const page = joinUri(isEntry ? docs : dirnameUri(file), path);
  // Never creates a page outside the docs folder, whatever a link says.
  if (!isWithin(docs, page) || page === docs) return undefined;
  if ((await textOf(page)) !== undefined) return undefined;
  const stem = basenameUri(page).replace(/\.[^.]*$/, '');
  const heading = titleOfName(stem === 'index' ? basenameUri(dirnameUri(page)) : stem);
  return { type: 'create', file: page, path, text: `# ${heading}\n` };
}

async function addToNavFix(
  { file }: Problem,
  { site, textOf }: DocsFixesDeps,
): Promise<DocsFix | undefined> {
  const { nav } = site.config;
  const page = [...site.files.values()].find(({ uri }) => uri === file);
  // Pages from other files or plugins are arranged there.
  if (!nav || !page || nav.place.file !== site.config.file) return undefined;
  const text = await textOf(nav.place.file);
  const added = text === undefined ? undefined : navAddition(text, nav.place.range, page.path);
  if (text === undefined || !added) return undefined;
  return { type: 'addToNav', file: nav.place.file, before: text, ...added };
}

/**
 * Returns an entry to append to a navigation list, in the style of the other entries.
 *
 * @param nav - the place of the list
 */
function navAddition(text: string, nav: Range, path: string): NavAddition | undefined {
  const lines = new LineIndex(text);
  const offsetAt = ({ line, character }: Range['start']): number =>
    lines.offsetOfLine(line) + character;
  const addedAt = (at: number, added: string): NavAddition => ({
    range: lines.rangeAt(at, at),
    at: { start: at, end: at },
    text: added,
  });
  const start = offsetAt(nav.start);
  const list = text.slice(start, offsetAt(nav.end)).trimEnd();
  const entry = /^[\w./-]+$/.test(path) && !/^[-.]/.test(path) ? path : JSON.stringify(path);
  if (list.startsWith('[')) {
    if (!list.endsWith(']')) return undefined;
    const inner = list.slice(1, -1).trimEnd();
    const at = start + 1 + inner.length;
    const separator = inner.trim() === '' ? '' : inner.endsWith(',') ? ' ' : ', ';
    return addedAt(at, `${separator}${entry}`);
  }
  if (!list.startsWith('-')) return undefined;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(lineStart, start);
  if (indent.trim() !== '') return undefined;
  const dash = /^-[ \t]*/.exec(list)?.[0] ?? '- ';
  const at = start + list.length;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return addedAt(at, `${newline}${indent}${dash}${entry}`);
}
