import { capitalize, withoutTrailing } from '../../../../../base';
import { type Extensions, isOptions } from '../config';
import names from './pygmentsLanguages.json';

const known = new Set(names.split(' '));

/** Returns Pygments' name of a language; unknown ones are text. */
function lexerName(language: string): string {
  return known.has(language.toLowerCase()) ? language : 'text';
}

const tag = /<(\/?)span[^>]*>/g;

/** Ids of the lines of a block, without their numbers. */
interface LineIds {
  /** Prefix of the ids of elements around lines, or an empty string. */
  readonly spans: string;
  /** Prefix of the names of anchors before lines, or an empty string. */
  readonly anchors: string;
  /** Whether anchors link to themselves, because no line number does. */
  readonly linksAnchors: boolean;
  /** Whether line numbers link to their lines. */
  readonly linksNumbers: boolean;
  /** Number of the first line. */
  readonly start: number;
}

/**
 * Wraps highlighted lines and lines with ids in elements. Spans across line ends are closed and
 * reopened, so that elements stay nested.
 *
 * Source: `_highlight_lines`, `_wrap_lineanchors` and `_wrap_linespans` of Pygments' `HtmlFormatter`.
 */
function wrapLines(html: string, highlighted: ReadonlySet<number>, ids: LineIds): string {
  if (highlighted.size === 0 && ids.spans === '' && ids.anchors === '') return html;
  const open: string[] = [];
  const parts = html.split('\n');
  const ends = parts.length - 1;
  let result = '';
  for (const [index, part] of parts.entries()) {
    const before = open.join('');
    for (const found of part.matchAll(tag)) {
      if (found[1] === '/') open.pop();
      else open.push(found[0]);
    }
    const closing = '</span>'.repeat(open.length);
    const isHighlighted = highlighted.has(index + 1);
    if (index === ends) result += `${before}${part}${closing}`;
    else {
      const line = isHighlighted
        ? `<span class="hll">${before}${part}\n${closing}</span>`
        : `${before}${part}${closing}\n`;
      result += withIds(line, ids, ids.start + index);
    }
  }
  return result;
}

function withIds(line: string, { spans, anchors, linksAnchors }: LineIds, number: number): string {
  const id = `${anchors}-${number}`;
  const href = linksAnchors ? ` href="#${id}"` : '';
  const anchored = anchors === '' ? line : `<a id="${id}" name="${id}"${href}></a>${line}`;
  return spans === '' ? anchored : `<span id="${spans}-${number}">${anchored}</span>`;
}

/** Returns a line number, as a link to its line if these are wanted. */
function linkedNumber(
  element: string,
  { spans, anchors, linksNumbers }: LineIds,
  number: number,
): string {
  return linksNumbers ? `<a href="#${anchors || spans}-${number}">${element}</a>` : element;
}

/**
 * Returns escaped HTML of code with spans, or undefined to leave it plain.
 *
 * @param language - as written in the page
 */
export type HighlightCode = (code: string, language: string) => string | undefined;

export interface CodeBlock {
  readonly code: string;
  readonly language: string;
  readonly classes: readonly string[];
  readonly id: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly title: string | undefined;
  /** Line numbers from 1. */
  readonly highlightedLines: readonly number[];
  readonly lineNumbers: {
    /** -1: as configured; 0: none. */
    readonly start: number;
    readonly step: number;
    readonly special: number;
  };
  /** Attribute that names the diagram's program, or an empty string. */
  readonly marker: string;
  /** Whether its lines can have ids, which pymdownx doesn't give to indented code. */
  readonly isFence: boolean;
}

export const noLineNumbers = { start: -1, step: -1, special: -1 };

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Escapes code like Pygments. */
const escapeCode = (text: string): string =>
  escapeHtml(text).replaceAll('"', '&quot;').replaceAll("'", '&#39;');

/** Renders code blocks with the options of pymdownx.highlight. */
export class CodeRenderer {
  readonly #extensions: Extensions;
  readonly #highlight: HighlightCode | undefined;
  readonly usesPygments: boolean;
  /** Number of blocks so far, from which the ids of lines are made. */
  #blocks = 0;

  constructor(extensions: Extensions, highlight: HighlightCode | undefined) {
    this.#extensions = extensions;
    this.#highlight = highlight;
    this.usesPygments = this.#flag('use_pygments', true);
  }

  block(block: CodeBlock): string {
    return this.usesPygments ? this.#pygmentsBlock(block) : this.#plainBlock(block);
  }

  /** Returns the classes and HTML of inline code. */
  inline(code: string, language: string): { classes: string; html: string } {
    const css = this.#cssClass('pymdownx.inlinehilite');
    const written = language === '' ? this.#text('default_lang', '') : language;
    if (!this.usesPygments) {
      const name =
        written === '' ? [] : [`${this.#text('language_prefix', 'language-')}${written}`];
      return { classes: [...name, css].join(' ').trim(), html: escapeHtml(code) };
    }
    const classes = this.#languageClass(written);
    return {
      classes: [...classes, css].join(' ').trim(),
      html: this.#highlight?.(code.trim(), written) ?? escapeCode(code.trim()),
    };
  }

  #pygmentsBlock(block: CodeBlock): string {
    const language = block.language === '' ? this.#text('default_lang', '') : block.language;
    const stripped = this.#flag('stripnl', true)
      ? withoutTrailing(block.code, '\n').replace(/^\n+/, '')
      : block.code;
    const code = stripped.endsWith('\n') ? stripped : `${stripped}\n`;
    const highlighted = this.#highlight?.(code, language) ?? escapeCode(code);
    const isNumbered = this.#showsLineNumbers(block);
    const ids = this.#lineIds(block, isNumbered);
    const marked = wrapLines(highlighted, new Set(block.highlightedLines), ids);
    const pre = `<pre><span></span><code>${marked}</code></pre>`;
    const title = (block.title ?? this.#autoTitle(language)).trim();
    const name = title === '' ? '' : `<span class="filename">${title}</span>`;
    const classes = [
      ...this.#languageClass(language),
      ...block.classes,
      this.#cssClass('pymdownx.superfences'),
    ];
    const data = block.attributes
      .filter(([key]) => key.startsWith('data-'))
      .map(([key, value]) => ` ${key}="${value}"`)
      .join('');
    const id = block.id === '' ? '' : ` id="${block.id}"`;
    const opening = `<div${id} class="${classes.filter(Boolean).join(' ')}"${data}${block.marker}>`;
    if (!isNumbered) return `${opening}${name}${pre}</div>`;
    return opening + this.#numbered(block, { code, name, pre, ids });
  }

  #lineIds({ id, lineNumbers, isFence }: CodeBlock, isNumbered: boolean): LineIds {
    const start = isNumbered ? Math.max(1, lineNumbers.start) : 1;
    if (!isFence) {
      return { spans: '', anchors: '', linksAnchors: false, linksNumbers: false, start };
    }
    const linksNumbers = this.#flag('anchor_linenums', false);
    const index = this.#blocks++;
    const block = id === '' ? String(index) : id;
    const named = (name: string): string => name && `${name}-${block}`;
    return {
      spans: named(this.#text('line_spans', '')),
      anchors: named(this.#text('line_anchors', '') || (linksNumbers ? '__codelineno' : '')),
      linksAnchors: !isNumbered,
      linksNumbers,
      start,
    };
  }

  #numbered(
    block: CodeBlock,
    { code, name, pre, ids }: { code: string; name: string; pre: string; ids: LineIds },
  ): string {
    const { lineNumbers: numbers } = block;
    const { start } = ids;
    const special =
      numbers.special >= 0 ? numbers.special : Number(this.#text('linenums_special', '-1'));
    const count = code.split('\n').length - 1;
    const width = String(count + start - 1).length;
    const step = Math.max(1, numbers.step);
    const lines = Array.from({ length: count }, (_, index) => {
      const number = start + index;
      const isShown = number % step === 0;
      const shown = (isShown ? String(number) : '').padStart(width);
      const css = special > 0 && number % special === 0 ? 'special' : 'normal';
      return `<span class="${css}">${isShown ? linkedNumber(shown, ids, number) : shown}</span>`;
    });
    if (this.#text('linenums_style', 'table') !== 'table') {
      return `${name}${numberLines(pre, ids, { width, step })}</div>`;
    }
    const head = name === '' ? '' : `<tr><th colspan="2" class="filename">${name}</th></tr>`;
    return (
      `<table class="highlighttable">${head}<tr><td class="linenos"><div class="linenodiv">` +
      `<pre><span></span>${lines.join('\n')}</pre></div></td>` +
      `<td class="code"><div>${pre}</div></td></tr></table></div>`
    );
  }

  #plainBlock(block: CodeBlock): string {
    const css = this.#cssClass('pymdownx.superfences');
    const onPre = this.#flag('code_attr_on_pre', false);
    const prefix = this.#text('language_prefix', 'language-');
    const classes = [
      ...(block.language === '' ? [] : [prefix + block.language]),
      ...(onPre && css !== '' ? [css] : []),
      ...block.classes,
    ];
    const attributes =
      (block.id === '' ? '' : ` id="${block.id}"`) +
      (classes.length > 0 ? ` class="${classes.join(' ')}"` : '') +
      block.attributes.map(([key, value]) => ` ${key}="${value}"`).join('');
    const code = escapeHtml(block.code);
    if (onPre) return `<pre${attributes}><code>${code}</code></pre>`;
    return `<pre${css === '' ? '' : ` class="${css}"`}><code${attributes}>${code}</code></pre>`;
  }

  #showsLineNumbers({ lineNumbers }: CodeBlock): boolean {
    const configured = this.#option('linenums');
    if (this.#flag('linenums', false)) return lineNumbers.start !== 0;
    return configured !== false && lineNumbers.start > 0;
  }

  #languageClass(language: string): string[] {
    if (!this.#flag('pygments_lang_class', false)) return [];
    const prefix = this.#text('language_prefix', 'language-');
    const extended = this.#option('extend_pygments_lang');
    const own = Array.isArray(extended)
      ? extended.some(entry => isOptions(entry) && entry['name'] === language)
      : false;
    return [prefix + (own ? language : lexerName(language))];
  }

  #autoTitle(language: string): string {
    if (!this.#flag('auto_title', false)) return '';
    const map = this.#option('auto_title_map');
    const name = lexerName(language);
    const title = capitalize(name);
    const mapped = isOptions(map) ? map[title] : undefined;
    return typeof mapped === 'string' ? mapped : title;
  }

  #cssClass(extension: string): string {
    const own = this.#extensions.text(extension, 'css_class', '');
    return own === '' ? this.#text('css_class', 'highlight') : own;
  }

  #option(name: string): unknown {
    return this.#extensions.option('pymdownx.highlight', name);
  }

  #flag(name: string, fallback: boolean): boolean {
    return this.#extensions.flag('pymdownx.highlight', name, fallback);
  }

  #text(name: string, fallback: string): string {
    return this.#extensions.text('pymdownx.highlight', name, fallback);
  }
}

/**
 * Unclosed tags of the line before, and the start of a line with ids or highlighting. The number
 * follows them.
 */
const lineStart =
  /^(?:<\/span>)*(?:<span id="[^"]*">)?(?:<a id="[^>]*><\/a>)?(?:<span class="hll">)?/;

/** Adds line numbers to code. */
function numberLines(
  pre: string,
  ids: LineIds,
  { width, step }: { readonly width: number; readonly step: number },
): string {
  const begin = pre.indexOf('<code>') + '<code>'.length;
  const end = pre.lastIndexOf('</code>');
  const lines = pre.slice(begin, end).split('\n');
  const numbered = lines.map((line, index) => {
    if (index === lines.length - 1) return line;
    const number = ids.start + index;
    const shown = number % step === 0 ? String(number) : '';
    const element = `<span class="linenos" data-linenos="${shown.padStart(width)} "></span>`;
    return line.replace(lineStart, before => before + linkedNumber(element, ids, number));
  });
  return pre.slice(0, begin) + numbered.join('\n') + pre.slice(end);
}
