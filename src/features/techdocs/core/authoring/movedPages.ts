import { decodeEscapes, isWithin, type Range } from '../../../../base';
import { checkLink } from '../check/checkLink';
import { docsFolderOf } from '../links/docsLinks';
import type { PageIndex, PageLink } from '../markdown/types';
import type { BuiltSite } from '../sites/buildSite';
import { stringOf } from '../sites/config/configNode';
import type { SiteFile } from '../sites/files/siteFile';
import { type NavEntry, readNavEntries, writtenRedirects } from '../sites/navigation/navTree';
import { purePath, relativePath } from '../sites/python/texts';
import { quote, splitUrl, unsplitUrl } from '../sites/python/urls';

/** A text edit in a file of docs. */
export interface DocsEdit {
  /** URI. For a moved file, its URI before the move. */
  readonly file: string;
  readonly range: Range;
  readonly text: string;
}

export interface MovedPagesDeps {
  /** Returns the index of a page, or undefined if it can't be read. */
  readonly indexOf: (page: SiteFile) => Promise<PageIndex | undefined>;
  /** Returns the text at a range, or undefined if there is none. */
  readonly textAt: (file: string, range: Range) => Promise<string | undefined>;
  /** Whether to update the config only, because the editor updates links itself. */
  readonly isConfigOnly: boolean;
}

export interface Move {
  /** URI of a file or folder. */
  readonly from: string;
  readonly to: string;
}

/** Returns the edits that keep links and the config of a site valid after files are moved. */
export async function editsForMovedPages(
  moves: readonly Move[],
  site: BuiltSite,
  deps: MovedPagesDeps,
): Promise<readonly DocsEdit[]> {
  const paths = newPaths(moves, site);
  if (!paths.size) return [];
  const edits = [...(await configEdits(paths, site, deps))];
  if (deps.isConfigOnly) return edits;
  for (const page of site.files.values()) {
    if (!page.isPage) continue;
    const index = await deps.indexOf(page);
    const seen = new Set<string>();
    for (const link of [...(index?.links ?? []), ...(index?.images ?? [])]) {
      const text = targetAfterMove(link, page, { site, paths });
      const range = link.targetRange;
      if (text === undefined || !range) continue;
      // Several links can share a definition.
      const key = `${range.start.line}:${range.start.character}`;
      if (!seen.has(key)) edits.push({ file: page.uri, range, text });
      seen.add(key);
    }
  }
  return edits;
}

/** Maps old paths to new ones. Files that leave the docs folder are not included. */
function newPaths(moves: readonly Move[], { files }: BuiltSite): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const file of files.values()) {
    const move = moves.find(({ from }) => isWithin(from, file.uri));
    if (!move) continue;
    const docs = docsFolderOf({ file: file.uri, path: file.path });
    const uri = move.to + file.uri.slice(move.from.length);
    if (!isWithin(docs, uri) || uri === docs) continue;
    const before = decodeEscapes(file.uri.slice(docs.length + 1));
    // Pages of an included site have its alias before the path.
    const alias = file.path.endsWith(before) ? file.path.slice(0, -before.length) : '';
    paths.set(file.path, `${alias}${decodeEscapes(uri.slice(docs.length + 1))}`);
  }
  return paths;
}

/** Removes duplicate edits of the same place. A page can belong to several sites. */
export function distinctEdits(edits: Iterable<DocsEdit>): readonly DocsEdit[] {
  const distinct = new Map<string, DocsEdit>();
  for (const edit of edits) {
    const place = JSON.stringify([edit.file, edit.range.start]);
    if (!distinct.has(place)) distinct.set(place, edit);
  }
  return [...distinct.values()];
}

function targetAfterMove(
  { form, kind, target }: PageLink,
  page: SiteFile,
  { site, paths }: { site: BuiltSite; paths: ReadonlyMap<string, string> },
): string | undefined {
  // Links in HTML are published addresses, not file paths.
  if (form === 'html' || kind === 'external' || kind === 'mail' || kind === 'anchor') {
    return undefined;
  }
  const linked = checkLink(target, page, site).target?.file;
  const from = paths.get(page.path) ?? page.path;
  const to = linked && (paths.get(linked.path) ?? linked.path);
  if (!linked || to === undefined) return undefined;
  const isMoved = to !== linked.path || (from !== page.path && linked.path !== page.path);
  const { path, query, fragment } = splitUrl(target);
  if (!isMoved || path === '') return undefined;
  const written = path.startsWith('/') ? `/${to}` : relativePath(to, from);
  const text = unsplitUrl({ path: quote(written, "/!$&'*+,;=:@"), query, fragment });
  return text === target ? undefined : text;
}

/** Returns edits of the config: its navigation and redirects. */
async function configEdits(
  paths: ReadonlyMap<string, string>,
  { config, files }: BuiltSite,
  { textAt }: MovedPagesDeps,
): Promise<readonly DocsEdit[]> {
  const edits: DocsEdit[] = [];
  const follow = async ({
    target = '',
    place,
    children = [],
  }: Pick<NavEntry, 'target' | 'place' | 'children'>): Promise<void> => {
    for (const child of children) await follow(child);
    const path = [target, ...target.split('#', 1)].find(written => files.has(purePath(written)));
    const moved = path === undefined ? undefined : paths.get(purePath(path));
    if (path === undefined || moved === undefined) return;
    const to = moved + target.slice(path.length);
    const before = await textAt(place.file, place.range);
    const mark = /^["']/.exec(before ?? '')?.[0];
    const isPlain = /^[\w/](?:(?! #| $)[\w ./#-])*$/.test(to);
    const text = mark === "'" && !to.includes("'") ? `'${to}'` : JSON.stringify(to);
    edits.push({ ...place, text: mark === undefined && isPlain ? to : text });
  };
  for (const entry of config.nav ? readNavEntries(config.nav) : []) await follow(entry);
  for (const { value } of writtenRedirects(config).values()) {
    await follow({ target: stringOf(value), place: value.place });
  }
  return edits;
}
