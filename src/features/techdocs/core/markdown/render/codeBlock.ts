import { withoutTrailing } from '../../../../../base';
import { type Extensions, isOptions } from '../config';
import names from './pygmentsLanguages.json';

const known = new Set(names.split(' '));

/** Returns Pygments' name of a language; unknown ones are text. */
function lexerName(language: string): string {
  return known.has(language.toLowerCase()) ? language : 'text';
}

const tag = /<(\/?)span[^>]*>/g;

/**
 * Wraps highlighted lines in elements. Spans across line ends are closed and reopened, so that
 * elements stay nested.
 */
function splitHighlightedLines(html: string, lines: ReadonlySet<number>): string {
  if (lines.size === 0) return html;
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
    const newline = index < ends ? '\n' : '';
    if (lines.has(index + 1) && newline !== '') {
      const closing = '</span>'.repeat(open.length);
      result += `<span class="hll">${before}${part}\n${closing}</span>`;
    } else {
      result += `${before}${part}${'</span>'.repeat(open.length)}${newline}`;
    }
  }
  return result;
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
    const marked = splitHighlightedLines(highlighted, new Set(block.highlightedLines));
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
    if (!this.#showsLineNumbers(block)) return `${opening}${name}${pre}</div>`;
    return opening + this.#numbered(block, code, name, pre);
  }

  #numbered(block: CodeBlock, code: string, name: string, pre: string): string {
    const { lineNumbers: numbers } = block;
    const start = Math.max(1, numbers.start);
    const special =
      numbers.special >= 0 ? numbers.special : Number(this.#text('linenums_special', '-1'));
    const count = code.split('\n').length - 1;
    const width = String(count + start - 1).length;
    const step = Math.max(1, numbers.step);
    const lines = Array.from({ length: count }, (_, index) => {
      const number = start + index;
      const shown = number % step === 0 ? String(number) : '';
      const css = special > 0 && number % special === 0 ? 'special' : 'normal';
      return `<span class="${css}">${shown.padStart(width)}</span>`;
    });
    if (this.#text('linenums_style', 'table') !== 'table') {
      return `${name}${numberLines(pre, start, width, step)}</div>`;
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
    const title = name.charAt(0).toUpperCase() + name.slice(1);
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
 * Unclosed tags of a highlighted line before, and the start of a highlighted line. The number
 * follows them.
 */
const lineStart = /^(?:<\/span>)*(?:<span class="hll">)?/;

/** Adds line numbers to code. */
function numberLines(pre: string, start: number, width: number, step: number): string {
  const begin = pre.indexOf('<code>') + '<code>'.length;
  const end = pre.lastIndexOf('</code>');
  const lines = pre.slice(begin, end).split('\n');
  const numbered = lines.map((line, index) => {
    if (index === lines.length - 1) return line;
    const number = start + index;
    const shown = number % step === 0 ? String(number) : '';
    const element = `<span class="linenos" data-linenos="${shown.padStart(width)} "></span>`;
    return line.replace(lineStart, before => before + element);
  });
  return pre.slice(0, begin) + numbered.join('\n') + pre.slice(end);
}
