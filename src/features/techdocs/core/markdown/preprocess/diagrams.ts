import type { Extensions } from '../config';
import { escapeHtml } from '../render/codeBlock';
import { diagramMarker } from './diagramMarker';
import type { FenceFormat } from './fenceFormats';

export interface DiagramOpening {
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

/** The ways to write pictures that the extensions of techdocs-core read, besides plain fences. */
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

/** The beginning of a picture, where the extension for it is on. */
export function diagramOpening(text: string, extensions: Extensions): DiagramOpening | undefined {
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
