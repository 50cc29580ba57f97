import type { ExtensionConfig, Extensions } from '../config';
import { SourceText, SourceTextBuilder } from '../text/sourceText';
import type { PageProblemCode } from '../types';

/**
 * Reads an included file.
 *
 * @param path - relative to the folder of mkdocs.yml, without `.` and `..`
 * @returns its text; undefined if the file doesn't exist
 */
export type ReadInclude = (path: string) => Promise<string | undefined>;

export interface IncludeProblem {
  readonly code: PageProblemCode;
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

export const includeMessages: Readonly<Record<PageProblemCode, (path: string) => string>> = {
  'include-missing': path => `The included file or section "${path}" doesn't exist`,
  'include-outside': path => `"${path}" is outside the folders that this site may include`,
  'include-too-large': path => `"${path}" makes this page too large`,
};

/** An include in the page or in an included file. */
export interface Include {
  readonly path: string;
  /** Offsets of the page's line. */
  readonly from: number;
  readonly to: number;
  /** Path of the file from the folder of mkdocs.yml. */
  readonly file: string | undefined;
  readonly problem: PageProblemCode | undefined;
}

export interface Expansion {
  readonly text: SourceText;
  readonly includes: readonly Include[];
  readonly problems: readonly IncludeProblem[];
}

const markerLine =
  /^([ \t]*)(;*)(?:(-+8<-+[ \t]+)("(?:\\"|[^"\r])+"|'(?:\\'|[^'\r])+')|(-+8<-+))\r?$/;
const sectionMark = /(?<!-)-+8<-+[ \t]+\[[ \t]*(start|end)[ \t]*:[ \t]*([a-z][-_0-9a-z]*)[ \t]*\]/i;
const fileSpec =
  /^(.*?)(?:((?::-?[0-9]*){1,2}(?:,(?=[-0-9:])-?[0-9]*(?::-?[0-9]*)?)*)|(:[a-z][-_0-9a-z]*))?$/i;

/** In characters, including all includes. */
const maxLength = 5_000_000;
const maxDepth = 20;
/** Limits files that include each other exponentially. */
const maxIncludes = 2000;
const maxSpecLength = 1000;

/**
 * Expands lines such as `--8<-- "file.md"` before anything else is parsed. Included lines have the
 * position of the including line.
 */
export async function expandSnippets(
  source: SourceText,
  extensions: Extensions,
  read: ReadInclude,
): Promise<Expansion> {
  const unexpanded = { text: source, includes: [], problems: [] };
  if (!extensions.has('pymdownx.snippets')) return unexpanded;
  const appended = appendedTo(extensions.option('pymdownx.snippets', 'auto_append'));
  if (appended.length === 0 && !mayInclude(source.text)) return unexpanded;
  const expander = new SnippetExpander(extensions, read);
  const lines: Line[] = source.lines().map(text => ({ text: text.text, source: text }));
  for (const path of appended) {
    const end = SourceText.made('', source.end);
    lines.push({ text: '', source: end }, { text: `-8<- "${path}"`, source: end });
  }
  const expanded = await expander.expand(lines, { file: undefined, isSection: false, depth: 0 });
  const builder = new SourceTextBuilder();
  for (const [index, { text, source: place }] of expanded.entries()) {
    if (text === place.text) builder.add(place);
    else builder.addMade(text, place.offsetAt(0));
    if (index < expanded.length - 1) {
      if (text === place.text) builder.add(SourceText.at('\n', place.end));
      else builder.addMade('\n', place.offsetAt(0));
    }
  }
  return { text: builder.build(), includes: expander.includes, problems: expander.problems };
}

/** Whether a text has marks that may include files. */
export function mayInclude(text: string): boolean {
  return text.includes('8<-');
}

/** Whether every page includes files through `auto_append`. */
export function appendsSnippets(extensions: ExtensionConfig): boolean {
  return appendedTo(extensions['pymdownx.snippets']?.['auto_append']).length > 0;
}

function appendedTo(option: unknown): readonly string[] {
  return Array.isArray(option)
    ? (option as unknown[]).filter(path => typeof path === 'string')
    : [];
}

interface Line {
  readonly text: string;
  /** Position in the page, or the including line. */
  readonly source: SourceText;
}

interface Including {
  readonly file: string | undefined;
  readonly isSection: boolean;
  readonly depth: number;
}

class SnippetExpander {
  readonly problems: IncludeProblem[] = [];
  readonly includes: Include[] = [];
  readonly #read: ReadInclude;
  readonly #bases: readonly string[];
  readonly #dedents: boolean;
  /** Files being included, to prevent recursion. */
  readonly #open = new Set<string>();
  #length = 0;

  constructor(extensions: Extensions, read: ReadInclude) {
    this.#read = read;
    this.#bases = snippetBases(extensions.option('pymdownx.snippets', 'base_path'));
    this.#dedents = extensions.flag('pymdownx.snippets', 'dedent_subsections', false);
  }

  async expand(lines: readonly Line[], within: Including): Promise<Line[]> {
    const result: Line[] = [];
    let inBlock = false;
    for (const line of lines) {
      const marker = line.text.includes('8<-') ? markerLine.exec(line.text) : null;
      if (marker?.[2]) {
        result.push({ ...line, text: line.text.replace(';', '') });
      } else if (marker) {
        const [, space = '', , , quoted] = marker;
        if (quoted === undefined) inBlock = !inBlock;
        else if (!inBlock) {
          const written = quoted.slice(1, -1).trim();
          for (const made of await this.#include(written, space, line, within)) result.push(made);
        }
      } else if (inBlock) {
        const path = line.text.trim();
        const space = /^[ \t]*/.exec(line.text)?.[0] ?? '';
        if (path === '') result.push({ ...line, text: '' });
        else for (const made of await this.#include(path, space, line, within)) result.push(made);
      } else {
        const kept = within.isSection ? line.text : withoutSectionMark(line.text);
        if (kept !== undefined) result.push(kept === line.text ? line : { ...line, text: kept });
      }
    }
    return result;
  }

  async #include(
    written: string,
    space: string,
    line: Line,
    within: Including,
  ): Promise<readonly Line[]> {
    if (written.startsWith(';') || written.length > maxSpecLength) return [];
    const spec = fileSpec.exec(written);
    const path = (spec?.[1] ?? '').trim();
    const { source: place } = line;
    const include = { path, from: place.offsetAt(0), to: place.end };
    const report = (code: PageProblemCode, file?: string): readonly Line[] => {
      if (this.includes.length >= 2 * maxIncludes) return [];
      this.problems.push({ code, ...include });
      this.includes.push({ ...include, file, problem: code });
      return [];
    };
    if (path === '') return report('include-missing');
    // Pages are rendered without network access.
    if (/^https?:\/\//i.test(path)) return report('include-missing');
    const found = await this.#find(path);
    if (found === 'outside') return report('include-outside');
    if (!found) return report('include-missing');
    if (this.#open.has(found.file)) return [];
    this.#length += found.text.length;
    const exceedsLimits = this.#length > maxLength || this.includes.length >= maxIncludes;
    if (exceedsLimits || within.depth >= maxDepth) {
      return report('include-too-large', found.file);
    }
    let lines = found.text.replace(/\r\n?/g, '\n').split('\n');
    let isSection = false;
    if (spec?.[2] !== undefined) lines = this.#dedented(selectLines(lines, spec[2].slice(1)));
    else if (spec?.[3] !== undefined) {
      isSection = true;
      const section = sectionOf(lines, spec[3].slice(1));
      if (!section) return report('include-missing', found.file);
      lines = this.#dedented(section);
    }
    this.#open.add(found.file);
    this.includes.push({ ...include, file: found.file, problem: undefined });
    const source = SourceText.made(place.text, place.offsetAt(0));
    const expanded = await this.expand(
      lines.map(text => ({ text, source })),
      { file: found.file, isSection, depth: within.depth + 1 },
    );
    this.#open.delete(found.file);
    const indent = space.replaceAll('\t', '    ');
    return expanded.map(inner => ({ text: indent + inner.text, source: inner.source }));
  }

  async #find(path: string): Promise<{ file: string; text: string } | 'outside' | undefined> {
    let outside = true;
    for (const base of this.#bases) {
      const file = joinWithin(base, path);
      if (file === undefined) continue;
      outside = false;
      const text = await this.#read(file);
      if (text !== undefined) return { file, text };
    }
    return outside ? 'outside' : undefined;
  }

  #dedented(lines: readonly string[]): string[] {
    if (!this.#dedents) return [...lines];
    const margins = lines
      .filter(line => line.trim() !== '')
      .map(line => /^[ \t]*/.exec(line)?.[0].length ?? 0);
    const margin = margins.length > 0 ? Math.min(...margins) : 0;
    return lines.map(line => (line.trim() === '' ? '' : line.slice(margin)));
  }
}

/**
 * Returns the base folders of the option `base_path`, in order, relative to the folder of
 * mkdocs.yml.
 */
export function snippetBases(option: unknown): readonly string[] {
  const bases = Array.isArray(option) ? (option as unknown[]) : [option];
  const named = bases.filter(path => typeof path === 'string');
  return named.length > 0 ? named : ['.'];
}

/** Returns undefined for a path outside its base, or a base outside the folder of mkdocs.yml. */
function joinWithin(base: string, path: string): string | undefined {
  if (/^([/\\]|[a-z]:)/i.test(path) || /^([/\\]|[a-z]:)/i.test(base)) return undefined;
  const start = normalized(base.split('/'), 0);
  return start && normalized([...start, ...path.split(/[\\/]/)], start.length)?.join('/');
}

function normalized(parts: readonly string[], least: number): string[] | undefined {
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length <= least) return undefined;
    else kept.pop();
  }
  return kept;
}

/** Removes the escape of a section mark; undefined for a line that is a section mark. */
function withoutSectionMark(text: string): string | undefined {
  const mark = sectionMarkIn(text);
  if (!mark) return text;
  return mark.isEscaped ? text.slice(0, mark.at - 1) + text.slice(mark.at) : undefined;
}

interface SectionMark {
  readonly at: number;
  readonly isEscaped: boolean;
  readonly isStart: boolean;
  readonly name: string;
}

function sectionMarkIn(line: string): SectionMark | undefined {
  const found = line.includes('8<-') ? sectionMark.exec(line) : null;
  if (!found) return undefined;
  const [, type = '', name = ''] = found;
  const isEscaped = line.charAt(found.index - 1) === ';';
  return { at: found.index, isEscaped, isStart: type.toLowerCase() === 'start', name };
}

function sectionOf(lines: readonly string[], name: string): string[] | undefined {
  const section: string[] = [];
  let inside = false;
  let found = false;
  for (const line of lines) {
    const mark = sectionMarkIn(line);
    if (mark?.isEscaped && inside) {
      section.push(withoutSectionMark(line) ?? line);
      continue;
    }
    if (mark?.name === name) {
      if (!inside && mark.isStart) {
        inside = true;
        found = true;
      } else if (!mark.isStart) break;
      continue;
    }
    if (mark && inside) continue;
    if (inside) section.push(line);
  }
  return found ? section : undefined;
}

/** Selects lines such as `3:5,8:9`, from 1; negative numbers count from the end. */
function selectLines(lines: readonly string[], spec: string): string[] {
  const total = lines.length;
  return spec.split(',').flatMap(span => {
    const [first = '', second] = span.split(':');
    let start = first === '' ? 0 : Number(first);
    if (start < 0) start = Math.max(0, total + start);
    else if (start > 0) start--;
    let end = second === undefined || second === '' ? total : Number(second);
    if (end < 0) end = Math.max(0, total + 1 + end);
    return lines.slice(start, end);
  });
}
