import { childUri, isWithin, joinUri, withoutTrailing } from '../../../../base';
import { parseEntityRef } from '../../../../model';
import type { FileSystem } from '../../../../platform/core/ports';
import type { DocsChecker } from '../check/docsChecker';
import { checkHtmlLink, checkLink } from '../check/checkLink';
import { extensionsOf } from '../markdown/config';
import { snippetBases } from '../markdown/preprocess/snippets';
import type { PageAnchor, PageIndex } from '../markdown/types';
import type { BuiltSite } from '../sites/buildSite';
import { isIncluded, type SiteFile } from '../sites/files/siteFile';
import { folderOf, joinedPath, normalizedPath, relativePath } from '../sites/python/texts';
import { escapeAscii, unquote } from '../sites/python/urls';
import { choicesAt, type DocsChoice, type DocsChoices } from './completeNav';

/** Place of a link or include in a page. */
interface PagePlace {
  readonly form: 'inline' | 'definition' | 'html' | 'snippet';
  /** Offsets of the whole target. */
  readonly start: number;
  readonly end: number;
  /** Whether spaces need no encoding. */
  readonly isBracketed: boolean;
  /** Text that completes the construct, so that the page can be parsed. */
  readonly closing: string;
}

/** End of an inline link: an optional title and the parenthesis. */
const INLINE_END = /^\s*(?:"[^"\n]*"|'[^'\n]*')?\s*\)/;

/** Characters inspected before the cursor. Targets are shorter. */
const MAX_LOOKBEHIND = 2000;

/** Guesses the place at an offset from the surrounding text. The page's parser confirms it. */
function pagePlaceAt(text: string, offset: number): PagePlace | undefined {
  const before = text.slice(Math.max(0, offset - MAX_LOOKBEHIND), offset);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const rest = /^[^\r\n]*/.exec(text.slice(offset, offset + MAX_LOOKBEHIND))?.[0] ?? '';
  const snippet = /^[ \t]*-+8<-+[ \t]+(["'])([^"']*)$/.exec(line);
  if (snippet) {
    const [, quote = '"', written = ''] = snippet;
    const inside = rest.split(quote, 1)[0] ?? '';
    const isClosed = rest.length > inside.length;
    return placed(
      'snippet',
      { offset, written, inside: isClosed ? inside : '' },
      isClosed ? '' : quote,
    );
  }
  const html = /<(?:a|img)\s(?:[^<>]*\s)?(?:href|src)\s*=\s*(["'])([^"'<>\s]*)$/i.exec(before);
  if (html) {
    const [, quote = '"', written = ''] = html;
    const inside = /^[^"'<>\s]*/.exec(rest)?.[0] ?? '';
    const isClosed = rest.startsWith(quote, inside.length);
    const behind = isClosed ? rest.slice(inside.length + 1) : '';
    const closing = `${isClosed ? '' : quote}${/^[^<]*>/.test(behind) ? '' : '>'}`;
    const parts = { offset, written, inside: isClosed ? inside : '' };
    // Closing the quote requires closing the tag.
    return placed('html', parts, isClosed && closing !== '' ? `${quote}>` : closing);
  }
  const definition = /^[ \t]*\[[^\]\n]+\]:[ \t]*(<?)((?:(?<=<[^<>]*)[^<>]|[^<>\s])*)$/.exec(line);
  if (definition) {
    const [, bracket = '', written = ''] = definition;
    const inside = (bracket ? /^[^<>]*(?=>)/ : /^\S*/).exec(rest)?.[0] ?? '';
    const isClosed = !bracket || rest.startsWith('>', inside.length);
    return placed('definition', { offset, written, inside }, isClosed ? '' : '>', bracket !== '');
  }
  const bracketed = /\]\([ \t]*<([^<>]*)$/.exec(line);
  if (bracketed) {
    const [, written = ''] = bracketed;
    const inside = /^[^<>]*(?=>)/.exec(rest)?.[0];
    const behind = inside === undefined ? '' : rest.slice(inside.length + 1);
    const isClosed = inside !== undefined && INLINE_END.test(behind);
    return placed('inline', { offset, written, inside: inside ?? '' }, isClosed ? '' : '>)', true);
  }
  const inline = /\]\([ \t]*([^\s<>()]*)$/.exec(line);
  if (!inline) return undefined;
  const [, written = ''] = inline;
  const inside = /^[^\s<>()]*/.exec(rest)?.[0] ?? '';
  const isClosed = INLINE_END.test(rest.slice(inside.length));
  const parts = { offset, written, inside: isClosed ? inside : '' };
  return placed('inline', parts, isClosed ? '' : ')');
}

function placed(
  form: PagePlace['form'],
  { offset, written, inside }: { offset: number; written: string; inside: string },
  closing: string,
  isBracketed = false,
): PagePlace {
  const [start, end] = [offset - written.length, offset + inside.length];
  return { form, start, end, isBracketed, closing };
}

/** Unlikely file name without special characters in Markdown. */
const PROBE = 'callboardlooksforthisplace';

/** Inserts the probe at the place, so that the parser reports what it is. */
function insertProbe(text: string, { start, end, closing }: PagePlace): string {
  return `${text.slice(0, start)}${PROBE}${closing}${text.slice(end)}`;
}

/**
 * Kind of target at the probe. Only the Markdown parser knows what is code, a comment, or escaped.
 * Undefined if the probe isn't a target.
 */
function kindAtProbe({
  images,
  links,
  definitions,
  includes,
}: PageIndex): 'image' | 'link' | 'definition' | 'snippet' | undefined {
  const isHere = ({ target }: { readonly target: string }): boolean => target === PROBE;
  if (includes.some(({ path }) => path === PROBE)) return 'snippet';
  // A definition can serve both images and links.
  if (definitions.some(isHere)) return 'definition';
  if (images.some(isHere)) return 'image';
  return links.some(isHere) ? 'link' : undefined;
}

/** An entity that pages can link to. */
export interface LinkedEntity {
  /** Full ref in lower case. */
  readonly ref: string;
  readonly title?: string | undefined;
  readonly hasDocs: boolean;
}

export interface CompletePageDeps {
  readonly checker: DocsChecker;
  readonly fileSystem: FileSystem;
  readonly entities: () => Iterable<LinkedEntity>;
  /**
   * Whether the editor completes Markdown itself, like VS Code: relative paths, and headings with
   * GitHub's ids. Then only completions that differ are offered: other ids, addresses in HTML,
   * which are relative to the published page, and absolute paths.
   */
  readonly hasEditorMarkdown: boolean;
}

export interface CompletePageRequest {
  readonly site: BuiltSite;
  readonly page: SiteFile;
  /** Current text of the page. */
  readonly text: string;
  readonly offset: number;
}

const PICTURE = /\.(?:apng|avif|bmp|gif|ico|jpe?g|png|svg|webp)$/i;
const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;
const AREAS = ['/catalog/', '/docs/'] as const;

/** Completes targets of links, images, and includes in a page. */
export async function completePage(
  request: CompletePageRequest,
  deps: CompletePageDeps,
): Promise<DocsChoices | undefined> {
  const { site, text, offset } = request;
  const place = pagePlaceAt(text, offset);
  if (!place) return undefined;
  const typed = text.slice(place.start, offset);
  const isMarkdown = place.form === 'inline' || place.form === 'definition';
  const isRelative = typed !== '' && !/^\/|#/.test(typed);
  if (ELSEWHERE.test(typed) || (isMarkdown && isRelative && deps.hasEditorMarkdown)) {
    return undefined;
  }
  const texts = new Map([[request.page.uri, insertProbe(text, place)]]);
  const index = await deps.checker.indexWith(request.page, site, texts);
  const wanted = index && kindAtProbe(index);
  if (!wanted) return undefined;
  const target = { place, typed, isImage: wanted === 'image', isMarkdown };
  const completion = new PageCompletion(request, deps, target);
  if (wanted === 'snippet') return completion.snippets();
  const hash = typed.indexOf('#');
  if (hash >= 0) return completion.anchors(typed.slice(0, hash), index);
  if (typed.includes('?')) return undefined;
  return completion.paths();
}

interface Target {
  readonly place: PagePlace;
  readonly typed: string;
  readonly isImage: boolean;
  readonly isMarkdown: boolean;
}

class PageCompletion {
  #request: CompletePageRequest;
  #deps: CompletePageDeps;
  #target: Target;
  #titles: ReadonlyMap<string, string>;

  constructor(request: CompletePageRequest, deps: CompletePageDeps, target: Target) {
    this.#request = request;
    this.#deps = deps;
    this.#target = target;
    const { pages } = request.site.content;
    this.#titles = new Map(pages.map(({ path, title }) => [path, title]));
  }

  async anchors(path: string, own: PageIndex): Promise<DocsChoices | undefined> {
    const { page, site } = this.#request;
    const { checker, hasEditorMarkdown } = this.#deps;
    const { isMarkdown, isImage } = this.#target;
    const judge = isMarkdown ? checkLink : checkHtmlLink;
    const file = path === '' ? page : judge(path, page, site).target?.file;
    if (!file?.isPage || isImage) return undefined;
    const index = file === page ? own : await checker.indexOf(file, site);
    if (!index) return undefined;
    const known = isMarkdown && hasEditorMarkdown ? githubIds(index.anchors) : undefined;
    const choices = new Map<string, DocsChoice>();
    for (const { id, heading } of index.anchors) {
      // Ids of footnotes and tabs are internal.
      if (/^(?:fn|fnref\d*):|^__tabbed_/.test(id) || !/^[^\s<>()"']+$/.test(id)) continue;
      if (known?.has(id) || choices.has(id)) continue;
      const title = heading?.title;
      const filter = title === undefined ? id : `${id} ${title}`;
      choices.set(id, { type: 'anchor', label: id, text: id, filter, detail: title });
    }
    return choicesAt(this.#from(path.length + 1, '#'), choices.values());
  }

  paths(): DocsChoices | undefined {
    const { typed, isMarkdown, isImage } = this.#target;
    const { absoluteIsDocs } = this.#request.site.config.links;
    const isAbsolute = typed.startsWith('/');
    if (isAbsolute && !(isMarkdown && absoluteIsDocs))
      return isImage ? undefined : this.#entities();
    if (!isMarkdown) return choicesAt(this.#from(0, '#'), this.#published());
    const areas = typed === '' && !isImage && !absoluteIsDocs ? areaChoices() : [];
    // The editor completes relative paths.
    const steps = this.#deps.hasEditorMarkdown && !isAbsolute ? [] : this.#steps();
    return choicesAt(this.#from(typed.lastIndexOf('/') + 1, '#'), [...steps, ...areas]);
  }

  async snippets(): Promise<DocsChoices | undefined> {
    const { typed } = this.#target;
    const { site } = this.#request;
    const { fileSystem } = this.#deps;
    const option = extensionsOf(site.content)['pymdownx.snippets']?.['base_path'];
    const { folder } = site.content.site;
    const walked = typed.slice(0, typed.lastIndexOf('/') + 1);
    if (/^[/\\]|(?:^|\/)\.\.(?:\/|$)|:/.test(walked)) return undefined;
    const choices = new Map<string, DocsChoice>();
    for (const base of snippetBases(option)) {
      const listed = joinUri(folder, withoutTrailing(`${base}/${walked}`, '/'));
      for (const { name, type } of await entriesWithin(fileSystem, listed, folder)) {
        if (choices.has(name) || childUri(listed, name) === this.#request.page.uri) continue;
        if (/["']/.test(name)) continue;
        choices.set(name, {
          type: type === 'directory' ? 'folder' : 'file',
          label: name,
          text: type === 'directory' ? `${name}/` : name,
        });
      }
    }
    return choicesAt(this.#from(walked.length, ':'), choices.values());
  }

  /** Returns the range from an index of the target up to the end of the path. */
  #from(index: number, until: string): { start: number; end: number; typed: string } {
    const { place, typed } = this.#target;
    const { text, offset } = this.#request;
    const behind = text.slice(offset, place.end).split(until, 1)[0] ?? '';
    const start = place.start + index;
    return { start, end: offset + behind.length, typed: typed.slice(index) };
  }

  /** Completes one path segment: entries of the folder typed so far. */
  *#steps(): Generator<DocsChoice> {
    const { place, typed, isImage } = this.#target;
    const { page, site } = this.#request;
    const walked = unquote(typed.slice(0, typed.lastIndexOf('/') + 1));
    const from = walked.startsWith('/') ? '' : folderOf(page.path);
    const folder = normalizedPath(joinedPath(from, walked.replace(/^\/+/, '')));
    if (folder === '..' || folder.startsWith('../')) return;
    const prefix = folder === '.' ? '' : `${folder}/`;
    const folders = new Set<string>();
    const files: SiteFile[] = [];
    for (const file of site.files.values()) {
      if (!file.path.startsWith(prefix) || !isIncluded(file) || file === page) continue;
      if (isImage && !PICTURE.test(file.path)) continue;
      const [name = '', ...deeper] = file.path.slice(prefix.length).split('/');
      if (deeper.length) folders.add(name);
      else files.push(file);
    }
    const nameOf = ({ path }: SiteFile): string => path.slice(prefix.length);
    const written = (name: string): string => encoded(name, place.isBracketed);
    const fileChoice = (file: SiteFile): DocsChoice => ({
      type: file.isPage ? 'page' : 'file',
      label: nameOf(file),
      text: written(nameOf(file)),
      detail: this.#titles.get(file.path),
    });
    yield* files.filter(({ isPage }) => isPage).map(fileChoice);
    for (const name of folders) yield { type: 'folder', label: name, text: `${written(name)}/` };
    yield* files.filter(({ isPage }) => !isPage).map(fileChoice);
    const canRise = prefix !== '' && /^(?:\.\.\/)*$/.test(walked);
    if (canRise) yield { type: 'folder', label: '..', text: '../' };
  }

  /** Completes addresses in HTML, which are relative to the published page. */
  *#published(): Generator<DocsChoice> {
    const { isImage, typed } = this.#target;
    const { page, site } = this.#request;
    for (const file of site.files.values()) {
      if (!isIncluded(file) || file === page) continue;
      if (isImage ? !PICTURE.test(file.path) : !file.isPage) continue;
      const text = relativePath(file.url, page.url);
      const type = file.isPage ? 'page' : 'file';
      const filter = `${text} ${file.path}`;
      yield { type, label: file.path, text, filter, detail: this.#titles.get(file.path) };
    }
    if (typed === '' && !isImage) yield* areaChoices();
  }

  #entities(): DocsChoices | undefined {
    const { typed } = this.#target;
    const area = AREAS.find(start => typed.startsWith(start));
    if (!area) return choicesAt(this.#from(0, '#'), areaChoices());
    const place = this.#from(area.length, '#');
    const choices: DocsChoice[] = [];
    for (const { ref, title, hasDocs } of this.#deps.entities()) {
      const parsed = parseEntityRef(ref);
      if (area === '/docs/' && !hasDocs) continue;
      const text = `${parsed.namespace}/${parsed.kind}/${parsed.name}`;
      const filter = title === undefined ? text : `${text} ${title}`;
      choices.push({ type: 'entity', label: text, text, filter, detail: title });
    }
    const wanted = place.typed.toLowerCase();
    const rank = ({ text }: DocsChoice): number =>
      text.startsWith(wanted) || text.includes(`/${wanted}`) ? 0 : text.includes(wanted) ? 1 : 2;
    choices.sort((a, b) => rank(a) - rank(b) || (a.text < b.text ? -1 : 1));
    return choicesAt(place, choices);
  }
}

function areaChoices(): readonly DocsChoice[] {
  return AREAS.map(text => ({ type: 'area', label: text, text }));
}

/** Encodes characters that would end a target or have a meaning in it. */
function encoded(name: string, isBracketed: boolean): string {
  const special = isBracketed ? /[%#?<>\\:&]/g : /[\s%#?<>\\:&()[\]"'`]/g;
  return name.replace(special, escapeAscii);
}

/** Lists a folder without hidden files. Empty if a link leads outside the site's folder. */
async function entriesWithin(
  files: FileSystem,
  uri: string,
  boundary: string,
): ReturnType<FileSystem['readDirectory']> {
  try {
    if (!isWithin(boundary, uri)) return [];
    const [real, realBoundary] = await Promise.all([files.realPath(uri), files.realPath(boundary)]);
    if (!isWithin(realBoundary, real)) return [];
    const entries = await files.readDirectory(uri);
    return entries
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .sort((a, b) =>
        a.type === b.type ? (a.name < b.name ? -1 : 1) : a.type === 'file' ? -1 : 1,
      );
  } catch {
    // Nothing to complete in a folder that is gone or can't be read.
    return [];
  }
}

/** Returns the ids of headings on GitHub and in VS Code's Markdown support. */
function githubIds(anchors: readonly PageAnchor[]): ReadonlySet<string> {
  const ids = new Set<string>();
  const counts = new Map<string, number>();
  for (const { heading } of anchors) {
    if (!heading) continue;
    const id = heading.title
      .trim()
      .toLowerCase()
      .replace(/\s/g, '-')
      .replace(/[^\p{L}\p{M}\p{N}_-]/gu, '');
    const count = counts.get(id) ?? 0;
    counts.set(id, count + 1);
    ids.add(count ? `${id}-${count}` : id);
  }
  return ids;
}
