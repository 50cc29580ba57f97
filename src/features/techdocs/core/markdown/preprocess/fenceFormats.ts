import { ownValue } from '../../../../../base';
import { type Extensions, isOptions } from '../config';
import { escapeHtml } from '../render/codeBlock';
import { readAttributeList } from '../text/attributeLists';

/** Text after the ticks of a fence. */
interface FenceHeader {
  readonly fence: string;
  readonly language: string | undefined;
  /** Attribute list in braces. */
  readonly attributes: string | undefined;
  /** `key="value"`, or only keys. */
  readonly options: readonly (readonly [key: string, value: string])[];
}

const ticks = /^(~{3,}|`{3,})/;
const languagePart = /^[ \t]*\.?([\p{L}\p{N}_#.+-]+)(?=[\t ]|$)/u;
const attributesPart = /^[ \t]*\{(.*)\}[ \t]*$/;
const optionKey = /^[ \t]*([a-zA-Z][a-zA-Z0-9_]*)/;

/** Parses a fence's first line; undefined for other lines. */
export function readFenceHeader(text: string): FenceHeader | undefined {
  const opening = ticks.exec(text);
  if (!opening) return undefined;
  const fence = opening[0];
  const rest = text.slice(fence.length);
  const named = languagePart.exec(rest);
  const parts = named ? [rest.slice(named[0].length), rest] : [rest];
  // Tries a language first. If the rest is invalid then, it may be an option.
  for (const [index, part] of parts.entries()) {
    const language = named && index === 0 ? named[1] : undefined;
    const attributes = attributesPart.exec(part)?.[1];
    if (attributes !== undefined) return { fence, language, attributes, options: [] };
    const options = readOptions(part);
    if (options) return { fence, language, attributes: undefined, options };
  }
  return undefined;
}

function readOptions(text: string): [string, string][] | undefined {
  const options: [string, string][] = [];
  let rest = text;
  while (rest.trim() !== '') {
    const key = optionKey.exec(rest);
    if (!key) return undefined;
    rest = rest.slice(key[0].length);
    let value = key[1] ?? '';
    if (rest.startsWith('="') || rest.startsWith("='")) {
      const end = endOfValue(rest);
      if (end === undefined) return undefined;
      value = rest.slice(2, end);
      rest = rest.slice(end + 1);
    }
    if (rest !== '' && !/^[\t ]/.test(rest)) return undefined;
    options.push([key[1] ?? '', value]);
  }
  return options;
}

/** Returns the quote that ends an option's value, before a space or the end of the line. */
function endOfValue(text: string): number | undefined {
  const quote = text.charAt(1);
  for (let at = text.indexOf(quote, 2); at !== -1; at = text.indexOf(quote, at + 1)) {
    const next = text[at + 1];
    if (next === undefined || next === ' ' || next === '\t') return at;
  }
  return undefined;
}

/** Diagram programs by fence language. */
const programs: ReadonlyMap<string, string> = new Map([
  ['dot', 'graphviz'],
  ['puml', 'plantuml'],
  ['uml', 'plantuml'],
  ['c4plantuml', 'plantuml'],
  ...[
    'mermaid',
    'graphviz',
    'plantuml',
    'd2',
    'ditaa',
    'blockdiag',
    'seqdiag',
    'actdiag',
    'nwdiag',
    'packetdiag',
    'rackdiag',
    'bytefield',
    'nomnoml',
    'pikchr',
    'svgbob',
    'wavedrom',
    'wireviz',
  ].map(name => [name, name] as const),
]);

/** Languages that are also used for code. Only the MkDocs plugin `kroki` renders them. */
const drawnByKroki = new Set([
  'bpmn',
  'dbml',
  'erd',
  'excalidraw',
  'structurizr',
  'tikz',
  'vega',
  'vegalite',
]);

/** Prefix of fences for the MkDocs plugin `kroki`. */
const KROKI = 'kroki-';

/** Returns the program for a fence language; undefined if it isn't a diagram. */
function diagramProgram(language: string): string | undefined {
  if (!language.startsWith(KROKI)) return programs.get(language);
  const type = language.slice(KROKI.length);
  return programs.get(type) ?? (drawnByKroki.has(type) ? type : undefined);
}

/**
 * Returns attributes that name the program of a diagram for readers. No program runs here.
 *
 * @param engine - Graphviz layout engine
 */
export function diagramMarker(program: string | undefined, engine = 'dot'): string {
  if (program === undefined) return '';
  const arranged = engine === 'dot' ? '' : ` data-diagram-engine="${engine}"`;
  return ` data-diagram="${program}"${arranged}`;
}

/** Rendering of a fence. */
export interface FenceFormat {
  readonly language: string;
  /** Program that renders the diagram. */
  readonly diagram: string | undefined;
  readonly classes: readonly string[];
  readonly id: string;
  readonly attributes: readonly (readonly [string, string])[];
  /** Valid hl_lines, linenums, and title. */
  readonly options: ReadonlyMap<string, string>;
  /** Undefined for code; set for custom formats. */
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

/** Formats of fences configured for `pymdownx.superfences`: code and `custom_fences`. */
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

  /** Returns undefined if the header isn't valid for a fence. */
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
    // Without braces, unknown options mean that it isn't a fence.
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
