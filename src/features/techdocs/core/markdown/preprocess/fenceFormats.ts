import { ownValue } from '../../../../../base';
import { type Extensions, isOptions } from '../config';
import { escapeHtml } from '../render/codeBlock';
import { readAttributeList } from '../text/attributeLists';
import { diagramMarker, diagramProgram } from './diagramMarker';
import type { FenceHeader } from './fenceHeader';

/** How a fence is to be shown. */
export interface FenceFormat {
  readonly language: string;
  /** The program that draws it. */
  readonly diagram: string | undefined;
  readonly classes: readonly string[];
  readonly id: string;
  readonly attributes: readonly (readonly [string, string])[];
  /** hl_lines, linenums and title, where they are valid. */
  readonly options: ReadonlyMap<string, string>;
  /** For fences with a format of their own; others are code. */
  readonly render: ((code: string) => string) | undefined;
}

interface CustomFence {
  readonly name: string;
  readonly css: string;
  readonly tag: 'pre' | 'div';
}

const validators: Readonly<Record<string, RegExp>> = {
  hl_lines: /^\d+(?:-\d+)?(?:[ \t]+\d+(?:-\d+)?)*$/,
  linenums: /^\d+/,
  title: /^/,
};

/** Fences as `pymdownx.superfences` is configured: code, and those of `custom_fences`. */
export class FenceFormats {
  readonly #custom: CustomFence[] = [];
  readonly #usesPygments: boolean;

  constructor(extensions: Extensions) {
    this.#usesPygments = extensions.flag('pymdownx.highlight', 'use_pygments', true);
    const configured = extensions.option('pymdownx.superfences', 'custom_fences');
    for (const entry of Array.isArray(configured) ? (configured as unknown[]) : []) {
      if (!isOptions(entry)) continue;
      const { name, format } = entry;
      const css = entry['class'];
      if (typeof name !== 'string' || typeof css !== 'string') continue;
      const isDiv = typeof format === 'string' && format.includes('fence_div_format');
      this.#custom.push({ name, css, tag: isDiv ? 'div' : 'pre' });
    }
  }

  /** Undefined for a header that makes no fence. */
  accept(header: FenceHeader, attributesAllowed: boolean): FenceFormat | undefined {
    const classes: string[] = [];
    let id = '';
    const values = new Map<string, string>();
    if (header.attributes === undefined) {
      for (const [key, value] of header.options) values.set(key, value);
    } else {
      for (const [name, value] of readAttributeList(header.attributes).entries) {
        if (name === 'id') id = value;
        else if (name === '.') classes.push(value);
        else values.set(name, value);
      }
    }
    const language = header.language ?? classes.shift() ?? '';
    const named = this.#custom.findLast(fence => fence.name === language || fence.name === '*');
    const options = new Map<string, string>();
    const attributes: [string, string][] = [];
    for (const [key, value] of values) {
      const valid =
        !named && this.#usesPygments && (ownValue(validators, key)?.test(value) ?? false);
      if (valid) options.set(key, value);
      else attributes.push([key, value]);
    }
    // Without braces, what is not understood means that it was no fence.
    if (header.attributes === undefined && attributes.length > 0) return undefined;
    const allowed = attributesAllowed ? attributes : [];
    return {
      language,
      diagram: diagramProgram(named?.css ?? language),
      classes,
      id,
      attributes: allowed,
      options,
      render: named && (code => customHtml(named, { classes, id, allowed }, code)),
    };
  }
}

function customHtml(
  { css, tag }: CustomFence,
  given: {
    readonly classes: readonly string[];
    readonly id: string;
    readonly allowed: readonly (readonly [string, string])[];
  },
  code: string,
): string {
  const classes = [css, ...given.classes].filter(Boolean).join(' ');
  const attributes =
    (given.id === '' ? '' : ` id="${given.id}"`) +
    (classes === '' ? '' : ` class="${classes}"`) +
    given.allowed.map(([key, value]) => ` ${key}="${value}"`).join('') +
    diagramMarker(diagramProgram(css));
  const text = escapeHtml(code);
  return tag === 'div'
    ? `<div${attributes}>${text}</div>`
    : `<pre${attributes}><code>${text}</code></pre>`;
}
