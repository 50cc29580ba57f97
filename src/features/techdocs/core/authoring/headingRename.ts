import {
  comparePositions,
  decodeEscapes,
  failure,
  joinUri,
  ok,
  type Position,
  type Range,
  type Result,
  type Translate,
  withoutTrailing,
} from '../../../../base';
import { readableText } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import type { DocsChecker } from '../check/docsChecker';
import { checkLink } from '../check/checkLink';
import { DocsLinks } from '../links/docsLinks';
import { decodeEntities } from '../markdown/text/entities';
import type { PageAnchor, PageIndex, PageLink } from '../markdown/types';
import type { BuiltSite } from '../sites/buildSite';
import { stringOf } from '../sites/config/configNode';
import type { SiteFile } from '../sites/files/siteFile';
import { writtenRedirects } from '../sites/navigation/navTree';
import { escapeAscii } from '../sites/python/urls';
import { type DocsEdit, distinctEdits } from './movedPages';

/** Reason why a heading can't be renamed. */
export type HeadingRefusal =
  /** No heading, id, or link to one at this place. */
  | 'nothing'
  /** The heading comes from an included file. */
  | 'included'
  /** The link doesn't match a heading. */
  | 'missing'
  | 'empty'
  | 'lines'
  /** The page's headings would change in number or level. */
  | 'notHeading'
  | 'notId'
  /** The page already has this id. */
  | 'taken';

/** Describes why a heading can't be renamed. */
export function headingRefusal(refusal: HeadingRefusal, translate: Translate): string {
  switch (refusal) {
    case 'nothing':
      return translate('There is no heading, id, or link to a heading here.');
    case 'included':
      return translate('The heading is in an included file. Rename it there.');
    case 'missing':
      return translate("The link doesn't match a heading or id.");
    case 'empty':
      return translate("A heading can't be empty.");
    case 'lines':
      return translate('A heading must be on one line.');
    case 'notHeading':
      return translate('This text would change the headings of the page.');
    case 'notId':
      return translate("An id can't contain spaces, quotes, braces, or other special characters.");
    case 'taken':
      return translate('The page already has this id.');
  }
}

export interface HeadingRenameDeps {
  readonly site: BuiltSite;
  /** Returns the index of a page, or undefined if it can't be read. */
  readonly indexOf: (page: SiteFile) => Promise<PageIndex | undefined>;
  /** Returns the index of a page as it would be with other texts, by URI. */
  readonly indexWith: (
    page: SiteFile,
    texts: ReadonlyMap<string, string>,
  ) => Promise<PageIndex | undefined>;
  /** Returns the text of a file (URI), or undefined if it can't be read. */
  readonly textOf: (file: string) => Promise<string | undefined>;
}

/** A heading, or an element with an id, that can be renamed. */
export interface RenamedHeading {
  /** Range under the cursor, in the page where the cursor is. */
  readonly range: Range;
  /** Current text. */
  readonly placeholder: string;
  readonly page: SiteFile;
  readonly anchor: PageAnchor;
  /** `text`: the heading's text, from which its id is made. `id`: an explicit id. */
  readonly part: 'text' | 'id';
  /** Range of that part in `page`. */
  readonly place: Range;
}

/** Finds the heading or id to rename at a position: its definition, or a link to it. */
export async function headingAt(
  { page, position }: { readonly page: SiteFile; readonly position: Position },
  deps: HeadingRenameDeps,
): Promise<Result<RenamedHeading, HeadingRefusal>> {
  const index = await deps.indexOf(page);
  const text = await deps.textOf(page.uri);
  if (!index || text === undefined) return failure('nothing');
  const isHere = (range: Range): boolean => contains(range, position);
  const ofId = index.anchors.find(({ idRange }) => idRange && isHere(idRange));
  if (ofId) return toRenamedHeading(ofId, { page, index, text });
  const lines = linesOf(text);
  for (const link of index.links) {
    const range = fragmentRange(link, lines)?.range;
    if (range && isHere(range)) return targetOf(link, { page, range }, deps);
  }
  const { line } = position;
  const ofText = index.anchors.find(
    ({ heading, range }) => heading && range && range.start.line <= line && line <= range.end.line,
  );
  if (ofText) return toRenamedHeading({ ...ofText, idRange: undefined }, { page, index, text });
  return failure('nothing');
}

/** Returns the edits that rename a heading and update links to it. */
export async function renameHeading(
  { page, anchor, part, place }: RenamedHeading,
  newName: string,
  deps: HeadingRenameDeps,
): Promise<Result<readonly DocsEdit[], HeadingRefusal>> {
  const name = part === 'id' ? newName.trim().replace(/^#/, '') : newName.trim();
  const before = await deps.indexOf(page);
  const text = await deps.textOf(page.uri);
  if (!before || text === undefined) return failure('nothing');
  const refusal = part === 'id' ? refusalOfId(name, anchor, before) : refusalOfText(name);
  if (refusal) return failure(refusal);
  const texts = new Map([[page.uri, replaceRange(text, place, name)]]);
  const after = await deps.indexWith(page, texts);
  const own = after && changedIds(before, after);
  if (!own) return failure('notHeading');
  if (part === 'id') {
    if (!after.anchors.some(({ id }) => id === name)) return failure('notId');
    const first = before.anchors.find(({ id }) => id === anchor.id)?.idRange;
    if (first && comparePositions(first.start, place.start) === 0) own.set(anchor.id, name);
  }
  const ids = new Map([[page.path, own]]);
  await addIncludingPages(ids, { page, texts }, deps);
  const edits = new Map<string, DocsEdit>();
  const add = (edit: DocsEdit): void => {
    const { line, character } = edit.range.start;
    edits.set(`${edit.file} ${line}:${character}`, edit);
  };
  add({ file: page.uri, range: place, text: name });
  for (const edit of await linkEdits(ids, deps)) {
    // Edits within the heading itself are already in the new name.
    if (edit.file !== page.uri || !contains(place, edit.range.start)) add(edit);
  }
  for (const edit of await redirectEdits(ids, deps)) add(edit);
  return ok([...edits.values()]);
}

/** A heading as seen by one of the sites that include its page. */
export interface SiteHeading {
  readonly found: Result<RenamedHeading, HeadingRefusal>;
  readonly deps: HeadingRenameDeps;
}

/** Renames a heading in all sites. Fails with the first refusal if no site can rename it. */
export async function renameInSites(
  headings: readonly SiteHeading[],
  newName: string,
): Promise<Result<readonly DocsEdit[], HeadingRefusal>> {
  const edits: DocsEdit[] = [];
  let refusal: HeadingRefusal | undefined;
  for (const { found, deps } of headings) {
    const renamed = found.ok ? await renameHeading(found.value, newName, deps) : found;
    if (renamed.ok) edits.push(...renamed.value);
    else refusal ??= renamed.error;
  }
  return edits.length || !refusal ? ok(distinctEdits(edits)) : failure(refusal);
}

/** Returns the heading at a place, as seen by a site. */
export async function findHeadingInSite(
  place: { readonly file: string; readonly position: Position },
  site: BuiltSite,
  { checker, fileSystem }: { readonly checker: DocsChecker; readonly fileSystem: FileSystem },
): Promise<SiteHeading> {
  const deps: HeadingRenameDeps = {
    site,
    indexOf: page => checker.indexOf(page, site),
    indexWith: (page, texts) => checker.indexWith(page, site, texts),
    textOf: file => readableText(file, fileSystem),
  };
  const page = [...site.files.values()].find(({ uri, isPage }) => uri === place.file && isPage);
  const found = page && (await headingAt({ page, position: place.position }, deps));
  return { found: found ?? failure('nothing'), deps };
}

interface KnownPage {
  readonly page: SiteFile;
  readonly index: PageIndex;
  readonly text: string;
}

function toRenamedHeading(
  anchor: PageAnchor,
  { page, index, text }: KnownPage,
): Result<RenamedHeading, HeadingRefusal> {
  const { range, idRange, heading } = anchor;
  const lines = linesOf(text);
  if (idRange) {
    const written = { page, anchor, part: 'id', place: idRange } as const;
    return ok({ ...written, range: idRange, placeholder: anchor.id });
  }
  if (!heading) return failure('nothing');
  if (!range || index.includes.some(include => include.range.start.line === range.start.line)) {
    return failure('included');
  }
  const { start, end } = range;
  // The second line of a setext heading is its underline.
  const stop = end.line === start.line ? end.character : undefined;
  const line = lines[start.line]?.slice(start.character, stop).trimEnd() ?? '';
  const placeholder = heading.title.endsWith('}') ? line : withoutList(line);
  if (placeholder === '') return failure('nothing');
  const place = { start, end: { ...start, character: start.character + placeholder.length } };
  return ok({ page, anchor, part: 'text', place, range: place, placeholder });
}

/** Removes the attribute list at the end of a heading, and the `#` before it. */
function withoutList(line: string): string {
  const at = line.lastIndexOf('{');
  const text = line.slice(0, at).trimEnd();
  if (at < 0 || text.length === at || !/^\{[^{}]*\}$/.test(line.slice(at))) return line;
  const title = withoutTrailing(text, '#');
  return title !== text && title !== title.trimEnd() ? title.trimEnd() : text;
}

async function targetOf(
  link: PageLink,
  { page, range }: { page: SiteFile; range: Range },
  { site, indexOf, textOf }: HeadingRenameDeps,
): Promise<Result<RenamedHeading, HeadingRefusal>> {
  const file = linkedPage(link, page, { site, links: new DocsLinks(site.content) });
  const index = file && (await indexOf(file));
  const text = file && (await textOf(file.uri));
  const anchor = index?.anchors.find(({ id }) => id === link.anchor);
  if (!file || !index || text === undefined || !anchor) return failure('missing');
  const found = toRenamedHeading(anchor, { page: file, index, text });
  return found.ok ? ok({ ...found.value, range }) : found;
}

function refusalOfText(name: string): HeadingRefusal | undefined {
  if (name === '') return 'empty';
  return /[\r\n]/.test(name) ? 'lines' : undefined;
}

function refusalOfId(
  name: string,
  { id: written }: PageAnchor,
  { anchors }: PageIndex,
): HeadingRefusal | undefined {
  if (!/^[^\s{}"'<>&=#%\\]+$/.test(name)) return 'notId';
  return name !== written && anchors.some(({ id }) => id === name) ? 'taken' : undefined;
}

/**
 * Maps old heading ids to new ones. Includes later headings, whose numeric suffix may change.
 *
 * @returns undefined where the headings are not the same ones
 */
function changedIds(before: PageIndex, after: PageIndex): Map<string, string> | undefined {
  const isHeading = ({ heading }: PageAnchor): boolean => heading !== undefined;
  const [old, now] = [before.anchors.filter(isHeading), after.anchors.filter(isHeading)];
  if (old.length !== now.length) return undefined;
  const ids = new Map<string, string>();
  // Links resolve to the first element with an id.
  const first = new Map(before.anchors.toReversed().map(anchor => [anchor.id, anchor]));
  for (const [at, anchor] of old.entries()) {
    const other = now[at];
    if (other?.heading?.level !== anchor.heading?.level) return undefined;
    if (other && first.get(anchor.id) === anchor && other.id !== anchor.id)
      ids.set(anchor.id, other.id);
  }
  return ids;
}

/** Adds the changed ids of pages that include the changed page. */
async function addIncludingPages(
  ids: Map<string, ReadonlyMap<string, string>>,
  { page, texts }: { page: SiteFile; texts: ReadonlyMap<string, string> },
  { site, indexOf, indexWith }: HeadingRenameDeps,
): Promise<void> {
  const { folder } = site.content.site;
  for (const other of site.files.values()) {
    if (!other.isPage || other.path === page.path) continue;
    const before = await indexOf(other);
    const isTaken = before?.includes.some(
      ({ file }) => file !== undefined && joinUri(folder, file) === page.uri,
    );
    const after = isTaken ? await indexWith(other, texts) : undefined;
    const changed = before && after && changedIds(before, after);
    if (changed) ids.set(other.path, changed);
  }
}

async function linkEdits(
  ids: ReadonlyMap<string, ReadonlyMap<string, string>>,
  { site, indexOf, textOf }: HeadingRenameDeps,
): Promise<readonly DocsEdit[]> {
  const edits: DocsEdit[] = [];
  const links = new DocsLinks(site.content);
  for (const page of site.files.values()) {
    if (!page.isPage) continue;
    const index = await indexOf(page);
    const found = (index?.links ?? []).flatMap(link => {
      const file = linkedPage(link, page, { site, links });
      const id = file && ids.get(file.path)?.get(link.anchor ?? '');
      return id === undefined ? [] : [{ link, id }];
    });
    if (!found.length) continue;
    const lines = linesOf((await textOf(page.uri)) ?? '');
    for (const { link, id } of found) {
      const fragment = fragmentRange(link, lines);
      if (!fragment) continue;
      const text = writtenId(id, /%[\da-f]{2}/i.test(fragment.text));
      edits.push({ file: page.uri, range: fragment.range, text });
    }
  }
  return edits;
}

/** Returns edits for redirects that point to renamed headings. */
async function redirectEdits(
  ids: ReadonlyMap<string, ReadonlyMap<string, string>>,
  { site, textOf }: HeadingRenameDeps,
): Promise<readonly DocsEdit[]> {
  const edits: DocsEdit[] = [];
  for (const { value } of writtenRedirects(site.config).values()) {
    const target = stringOf(value) ?? '';
    const [path = ''] = target.split('#', 1);
    const fragment = target.slice(path.length);
    const id = ids.get(path)?.get(decodeEscapes(fragment.slice(1)));
    if (id === undefined) continue;
    const { file, range } = value.place;
    const { start, end } = range;
    const line = start.line === end.line && linesOf((await textOf(file)) ?? '')[start.line];
    const written = line ? line.slice(start.character, end.character) : '';
    // These characters could end a YAML scalar.
    const text = writtenId(id, /%[\da-f]{2}/i.test(fragment)).replace(/[,:]/g, encodeURIComponent);
    const at = written.indexOf(fragment);
    if (at === -1) {
      // Scalar with YAML escapes.
      if (/^".*"$/.test(written)) {
        edits.push({ file, range, text: JSON.stringify(`${path}#${text}`) });
      }
    } else {
      const from = start.character + at + 1;
      const place = {
        start: { ...start, character: from },
        end: { ...start, character: from + fragment.length - 1 },
      };
      edits.push({ file, range: place, text });
    }
  }
  return edits;
}

/** Resolves the page that a link with an anchor leads to, as MkDocs or else a browser does. */
function linkedPage(
  { target, kind, anchor }: PageLink,
  page: SiteFile,
  { site, links }: { site: BuiltSite; links: DocsLinks },
): SiteFile | undefined {
  if (anchor === undefined || kind === 'external' || kind === 'mail') return undefined;
  const judged = checkLink(target, page, site).target?.file;
  if (judged) return judged;
  const from = links.page(page.path);
  const followed = from && links.resolve(target, from);
  return followed?.type === 'page' ? site.files.get(followed.page.path) : undefined;
}

/** Returns the range and text after the `#` of a link. */
function fragmentRange(
  { anchor, targetRange }: PageLink,
  lines: readonly string[],
): { readonly range: Range; readonly text: string } | undefined {
  if (anchor === undefined || anchor === '' || !targetRange) return undefined;
  const { start, end } = targetRange;
  if (start.line !== end.line) return undefined;
  const written = lines[start.line]?.slice(start.character, end.character) ?? '';
  for (let hash = written.indexOf('#'); hash !== -1; hash = written.indexOf('#', hash + 1)) {
    const text = written.slice(hash + 1).replace(/>$/, '');
    // HTML entities contain `#`, too.
    if (readId(text) !== anchor) continue;
    const from = start.character + hash + 1;
    const range = { start: { ...start, character: from }, end: { ...start, character: from } };
    return { text, range: { ...range, end: { ...start, character: from + text.length } } };
  }
  return undefined;
}

function readId(written: string): string {
  return decodeEscapes(decodeEntities(written.replace(/\\([!-/:-@[-`{-~])/g, '$1')));
}

/** Encodes an id for a link. Keeps non-ASCII text readable unless the link was encoded before. */
function writtenId(id: string, isEncoded: boolean): string {
  if (isEncoded) return encodeURIComponent(id);
  return id.replace(/[\s"'<>()[\]{}\\`&%*|]/g, escapeAscii);
}

function replaceRange(text: string, { start, end }: Range, name: string): string {
  let from = 0;
  const ends = /\r\n?|\n/g;
  for (let line = 0; line < start.line && ends.exec(text); line++) from = ends.lastIndex;
  return text.slice(0, from + start.character) + name + text.slice(from + end.character);
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n?|\n/);
}

function contains({ start, end }: Range, position: Position): boolean {
  return comparePositions(start, position) <= 0 && comparePositions(position, end) <= 0;
}
