import type { Extensions } from '../config';
import type { PageContext } from '../pageContext';
import { CodeRenderer, escapeHtml } from '../render/codeBlock';
import { SourceText, SourceTextBuilder } from '../text/sourceText';
import { diagramMarker, type FenceFormat, FenceFormats, readFenceHeader } from './fenceFormats';

interface DiagramOpening {
  readonly format: FenceFormat;
  readonly isEnd: (content: string) => boolean;
}

interface DiagramForm {
  readonly extension: string;
  readonly opening: RegExp;
  readonly end: (opening: RegExpExecArray) => (content: string) => boolean;
  readonly program: 'graphviz' | 'plantuml';
}

const commands = '(?<engine>dot|neato|fdp|sfdp|twopi|circo)';

const closedBy =
  (...texts: readonly string[]) =>
  (content: string): boolean =>
    texts.includes(content.trimEnd());

/** Diagram syntaxes of techdocs-core's extensions, besides fences. */
const forms: readonly DiagramForm[] = [
  {
    extension: 'markdown_inline_graphviz',
    opening: new RegExp(`^(\`\`\`|~~~)graphviz[ ]+${commands}[ ]+\\S+[ ]*$`),
    end: opening => closedBy(opening[1] ?? ''),
    program: 'graphviz',
  },
  {
    extension: 'markdown_inline_graphviz',
    opening: /^(```|~~~)dot[ ]*$/,
    end: opening => closedBy(opening[1] ?? ''),
    program: 'graphviz',
  },
  {
    extension: 'markdown_inline_graphviz',
    opening: new RegExp(`^\\{%[ ]+${commands}[ ]+\\S+[ ]*$`),
    end: () => closedBy('%}'),
    program: 'graphviz',
  },
  {
    extension: 'plantuml_markdown',
    opening: /^(`{3,}|~{3,})[ ]*(?:plantuml|uml)(?:[ ][^\n`]*)?$/,
    end: opening => closedBy(opening[1] ?? ''),
    program: 'plantuml',
  },
  {
    extension: 'plantuml_markdown',
    opening: /^::uml::(?:[ ][^\n]*)?$/,
    end: () => closedBy('::end-uml::'),
    program: 'plantuml',
  },
];

/** Parses the first line of a diagram, if its extension is enabled. */
function diagramOpening(text: string, extensions: Extensions): DiagramOpening | undefined {
  for (const form of forms) {
    if (!extensions.has(form.extension)) continue;
    const opening = form.opening.exec(text);
    if (!opening) continue;
    const { program } = form;
    const marker = diagramMarker(program, opening.groups?.['engine']);
    return {
      isEnd: form.end(opening),
      format: {
        language: program,
        diagram: program,
        classes: [],
        id: '',
        attributes: [],
        options: new Map(),
        render: code => `<pre class="${program}"${marker}><code>${escapeHtml(code)}</code></pre>`,
      },
    };
  }
  return undefined;
}

/** An unclosed fence. */
interface OpenFence {
  readonly firstLine: number;
  readonly first: SourceText;
  /** Quote markers and spaces before it. */
  readonly prefix: string;
  readonly quoteLevel: number;
  readonly isEnd: (content: string) => boolean;
  readonly format: FenceFormat;
  readonly lines: SourceText[];
  emptyLines: number;
}

const extensionsOfFences = [
  'fenced_code',
  'pymdownx.superfences',
  'markdown_inline_graphviz',
  'plantuml_markdown',
];

const prefixCharacters = /^[> \t]*/;

/**
 * Replaces fenced code, also in lists and quotes, with placeholders of the same indentation before
 * block parsing.
 */
export function extractFences(source: SourceText, page: PageContext): SourceText {
  if (!extensionsOfFences.some(name => page.extensions.has(name))) return source;
  const formats = new FenceFormats(page.extensions);
  const renderer = new CodeRenderer(page.extensions, page.highlight);
  const lines = source.lines();
  const builder = new SourceTextBuilder();
  let written = 0;
  let open: OpenFence | undefined;

  const writeUntil = (line: number): void => {
    for (; written < line; written++) {
      const text = lines[written];
      if (!text) continue;
      builder.add(text);
      if (written + 1 < lines.length) builder.add(SourceText.at('\n', text.end));
    }
  };

  for (const [index, line] of lines.entries()) {
    if (!open) {
      open = openFence(line, index, formats, page);
      continue;
    }
    const { prefix, content } = splitPrefix(line, open.prefix.length);
    switch (classifyLine(open, prefix, content)) {
      case 'open':
        open.lines.push(line);
        break;
      case 'broken':
        open = undefined;
        break;
      case 'closed': {
        const html = renderFence(open, { renderer, page });
        const placeholder = page.stash.store(html);
        writeUntil(open.firstLine);
        const start = open.first.offsetAt(0);
        builder.addMade(`${open.prefix}${placeholder}`, start);
        if (index + 1 < lines.length) builder.addMade('\n', line.end);
        const all = [open.first, ...open.lines, line];
        page.fences.store(placeholder, {
          source: SourceText.join(all, '\n'),
          indent: open.prefix.length,
        });
        written = index + 1;
        open = undefined;
      }
    }
  }
  writeUntil(lines.length);
  return builder.build();
}

function openFence(
  line: SourceText,
  index: number,
  formats: FenceFormats,
  page: PageContext,
): OpenFence | undefined {
  const { text } = line;
  const prefix = prefixCharacters.exec(text)?.[0] ?? '';
  const opening = openingOf(text.slice(prefix.length), formats, page);
  return (
    opening && {
      firstLine: index,
      first: line,
      prefix,
      quoteLevel: prefix.split('>').length - 1,
      ...opening,
      lines: [],
      emptyLines: 0,
    }
  );
}

function openingOf(
  text: string,
  formats: FenceFormats,
  { extensions }: PageContext,
): Pick<OpenFence, 'format' | 'isEnd'> | undefined {
  const diagram = diagramOpening(text, extensions);
  if (diagram) return diagram;
  if (!text.startsWith('```') && !text.startsWith('~~~')) return undefined;
  const header = readFenceHeader(text);
  const format = header && formats.accept(header, extensions.has('attr_list'));
  if (!header || !format) return undefined;
  const { fence } = header;
  return {
    format,
    isEnd: content => content.startsWith(fence) && content.slice(fence.length).trim() === '',
  };
}

/** Splits off at most as much prefix as the fence has. */
function splitPrefix(line: SourceText, length: number): { prefix: string; content: string } {
  const { text } = line;
  let at = 0;
  while (at < length && (text[at] === '>' || text[at] === ' ')) at++;
  return { prefix: text.slice(0, at), content: text.slice(at) };
}

function classifyLine(
  open: OpenFence,
  prefix: string,
  content: string,
): 'open' | 'broken' | 'closed' {
  const level = prefix.split('>').length - 1;
  const closes = open.isEnd(content);
  if (open.quoteLevel > 0) {
    if (level > open.quoteLevel) return 'broken';
    if (content === '') {
      open.emptyLines++;
      return 'open';
    }
    if (prefix.length < open.prefix.length) return 'broken';
    if (open.emptyLines > 0 && level < open.quoteLevel) return 'broken';
    if (closes) return 'closed';
    open.emptyLines = 0;
    return 'open';
  }
  if (level > 0) return 'broken';
  if ((prefix + content).trim() === '') return 'open';
  if (prefix.length !== open.prefix.length && content !== '') return 'broken';
  return closes ? 'closed' : 'open';
}

function renderFence(
  open: OpenFence,
  { renderer, page }: { renderer: CodeRenderer; page: PageContext },
): string {
  const cut = open.prefix.length;
  const code = open.lines.map(line => line.text.slice(cut)).join('\n');
  const { first, format } = open;
  if (format.diagram !== undefined) {
    page.diagrams.push({ program: format.diagram, from: first.offsetAt(cut), to: first.end });
  }
  if (format.render) return format.render(code);
  if (format.language !== '') page.languages.add(format.language);
  return renderer.block({
    ...format,
    code,
    title: format.options.get('title'),
    highlightedLines: highlightedLines(format.options.get('hl_lines'), open.lines.length),
    lineNumbers: lineNumbers(format.options.get('linenums')),
    marker: diagramMarker(format.diagram),
    isFence: true,
  });
}

function highlightedLines(written: string | undefined, count: number): number[] {
  const lines: number[] = [];
  for (const entry of (written ?? '').split(/\s+/).filter(Boolean)) {
    const [from = 0, to] = entry
      .split('-')
      .map(number => Math.min(Math.max(0, Number(number)), count + 1));
    if (to === undefined) {
      if (from >= 1 && from <= count) lines.push(from);
    } else {
      for (let line = from; line <= to; line++) lines.push(line);
    }
  }
  return lines;
}

function lineNumbers(written: string | undefined) {
  const found = /^(\d+)(?:[ \t]+(\d+))?(?:[ \t]+(\d+))?/.exec(written ?? '');
  const [start = -1, step = -1, special = -1] = (found ?? [])
    .slice(1)
    .map(number => (number === undefined ? -1 : Number(number)));
  return { start, step: step > 1 ? step : -1, special };
}
