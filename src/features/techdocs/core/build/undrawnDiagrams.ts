import { escapeText } from './html';

/** The program that built sites draw with; they run no other one. */
const DRAWN = 'mermaid';

/** Names of programs, where they are not written as the attribute is. */
const names: ReadonlyMap<string, string> = new Map([
  ['bpmn', 'BPMN'],
  ['blockdiag', 'BlockDiag'],
  ['bytefield', 'Bytefield'],
  ['d2', 'D2'],
  ['dbml', 'DBML'],
  ['excalidraw', 'Excalidraw'],
  ['graphviz', 'Graphviz'],
  ['pikchr', 'Pikchr'],
  ['plantuml', 'PlantUML'],
  ['structurizr', 'Structurizr'],
  ['svgbob', 'Svgbob'],
  ['tikz', 'TikZ'],
  ['vega', 'Vega'],
  ['vegalite', 'Vega-Lite'],
  ['wavedrom', 'WaveDrom'],
  ['wireviz', 'WireViz'],
]);

const ATTRIBUTE = ' data-diagram="';

/** Says that a diagram isn't drawn, and what to do; undefined for one that built sites draw. */
export function undrawnMessage(program: string): string | undefined {
  if (program === DRAWN) return undefined;
  const name = names.get(program) ?? program;
  return `This ${name} diagram isn't drawn. To show it, write it in Mermaid, add it as an image, or build the docs with MkDocs.`;
}

/** The HTML of a page with a note above each diagram that isn't drawn. */
export function withUndrawnNotes(html: string): string {
  const [first = '', ...others] = html.split(ATTRIBUTE);
  const parts = [first];
  for (const other of others) {
    const before = parts.pop() ?? '';
    const start = before.lastIndexOf('<');
    const isBlock = start !== -1 && /^<(?:pre|div)\b[^>]*$/.test(before.slice(start));
    const message = isBlock ? undrawnMessage(other.slice(0, other.indexOf('"'))) : undefined;
    if (message === undefined) parts.push(before);
    else {
      const note = `<p class="md-diagram-note" role="note">${escapeText(message)}</p>\n`;
      parts.push(before.slice(0, start), note, before.slice(start));
    }
    parts.push(ATTRIBUTE, other);
  }
  return parts.join('');
}
