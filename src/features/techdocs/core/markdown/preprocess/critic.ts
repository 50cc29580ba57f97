import type { PageContext } from '../pageContext';
import { escapeHtml } from '../render/codeBlock';
import { type SourceText, SourceTextBuilder } from '../text/sourceText';
import { ETX, STX } from '../text/stash';

/** Start and end of placeholders, which use other control characters until whitespace is normalized. */
const SOH = '\u0001';
const EOT = '\u0004';
const controls = new RegExp(`[${SOH}${EOT}]`, 'g');

const markOf = (index: number): string => `${SOH}czjqqkd:${index}${EOT}`;

const separators = /^(?:\r?\n){2,}$/;

interface Mark {
  readonly open: string;
  readonly close: string;
}

const marks: readonly Mark[] = [
  { open: '{++', close: '++}' },
  { open: '{--', close: '--}' },
  { open: '{==', close: '==}' },
  { open: '{>>', close: '<<}' },
  { open: '{~~', close: '~~}' },
];

/**
 * Replaces critic marks: `{++added++}`, `{--deleted--}`, `{~~old~>new~~}`, `{==marked==}`,
 * `{>>comment<<}`.
 */
export function markCritics(written: SourceText, page: PageContext): SourceText {
  const source = withoutControls(written);
  if (!page.extensions.has('pymdownx.critic') || !source.text.includes('{')) return source;
  const mode = page.extensions.text('pymdownx.critic', 'mode', 'view');
  const { text } = source;
  const builder = new SourceTextBuilder();
  const writer = new CriticWriter(source, builder, page.criticMarks);
  /** Marks that are never closed in the rest of the page. */
  const unclosed = new Set<string>();
  let from = 0;
  for (let at = text.indexOf('{'); at !== -1; at = text.indexOf('{', at + 1)) {
    if (at < from) continue;
    const mark = marks.find(({ open }) => text.startsWith(open, at));
    if (!mark || unclosed.has(mark.open)) continue;
    const middle = mark.open === '{~~' ? text.indexOf('~>', at + 3) : undefined;
    const end = middle === -1 ? -1 : text.indexOf(mark.close, middle ? middle + 2 : at + 3);
    if (end === -1) {
      unclosed.add(mark.open);
      continue;
    }
    builder.add(source.slice(from, at));
    writer.write(mark.open, { from: at + 3, middle, to: end }, mode);
    from = end + 3;
    at = from - 1;
  }
  builder.add(source.slice(from));
  return builder.build();
}

interface Content {
  readonly from: number;
  readonly middle: number | undefined;
  readonly to: number;
}

class CriticWriter {
  readonly #source: SourceText;
  readonly #builder: SourceTextBuilder;
  readonly #stash: string[];

  constructor(source: SourceText, builder: SourceTextBuilder, stash: string[]) {
    this.#source = source;
    this.#builder = builder;
    this.#stash = stash;
  }

  write(open: string, { from, middle, to }: Content, mode: string): void {
    const viewed = mode === 'view';
    const accepted = mode === 'accept';
    switch (open) {
      case '{++':
        if (viewed) this.#added(from, to);
        else if (accepted) this.#plain(from, to);
        break;
      case '{--':
        if (viewed) this.#gone(from, to);
        else if (!accepted) this.#plain(from, to);
        break;
      case '{==':
        if (viewed) this.#wrapped('mark', from, to);
        else this.#plain(from, to);
        break;
      case '{>>':
        if (viewed) this.#comment(from, to);
        break;
      default: {
        const at = middle ?? to;
        if (viewed) {
          this.#gone(from, at);
          this.#added(at + 2, to);
        } else if (accepted) this.#plain(at + 2, to);
        else this.#plain(from, at);
      }
    }
  }

  #added(from: number, to: number): void {
    if (!separators.test(this.#source.text.slice(from, to))) {
      this.#wrapped('ins', from, to);
      return;
    }
    this.#builder.addMade('\n\n', this.#source.offsetAt(from));
    this.#html('<ins class="critic break">&nbsp;</ins>', from);
    this.#builder.addMade('\n\n', this.#source.offsetAt(from));
  }

  #gone(from: number, to: number): void {
    if (separators.test(this.#source.text.slice(from, to))) {
      this.#html('<del class="critic break">&nbsp;</del>', from);
    } else this.#wrapped('del', from, to);
  }

  #comment(from: number, to: number): void {
    const text = this.#source.text.slice(from, to);
    const escaped = escapeHtml(text).replaceAll('"', '&quot;').replaceAll('\n', ' ');
    this.#html(`<span class="critic comment">${escaped}</span>`, from);
  }

  #wrapped(tag: string, from: number, to: number): void {
    this.#html(`<${tag} class="critic">`, from);
    this.#plain(from, to);
    this.#html(`</${tag}>`, to);
  }

  #plain(from: number, to: number): void {
    this.#builder.add(this.#source.slice(from, to));
  }

  #html(html: string, at: number): void {
    this.#builder.addMade(markOf(this.#stash.length), this.#source.offsetAt(at));
    this.#stash.push(html);
  }
}

function withoutControls(source: SourceText): SourceText {
  const hasControls = source.text.includes(SOH) || source.text.includes(EOT);
  return hasControls ? source.replace(controls, () => '') : source;
}

const editedBlock = /((?:ins|del|mark)\s+)(class=(['"]))(.*?)(\3)/g;
const placeholder = `${STX}czjqqkd:([0-9]+)${ETX}`;
const single = new RegExp(placeholder, 'g');
const placeholders = new RegExp(
  `<p(?: data-line="[0-9]+")?>((?:${STX}czjqqkd:[0-9]+${ETX})+)</p>|${placeholder}`,
  'g',
);

/** Replaces placeholders in the HTML with their marks. */
export function restoreCritics(html: string, stash: readonly string[]): string {
  if (stash.length === 0) return html;
  return html.replace(placeholders, (whole, block: string | undefined, index: string) => {
    if (block === undefined) return stash[Number(index)] ?? whole;
    return block
      .replace(single, (written, key: string) => stash[Number(key)] ?? written)
      .replace(
        editedBlock,
        (text, tag: string, open: string, _quote, classes: string, close: string) =>
          classes.split(' ').includes('break') ? text : `${tag}${open}${classes} block${close}`,
      );
  });
}
