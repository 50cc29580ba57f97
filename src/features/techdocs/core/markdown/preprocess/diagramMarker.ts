/** Programs that draw diagrams, by the language of their fences. */
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

/** Languages that are also code by themselves, drawn only by the MkDocs plugin `kroki`. */
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

/** Prefix of fences that the MkDocs plugin `kroki` draws. */
const KROKI = 'kroki-';

/** The program that draws code in a language; undefined where it is no diagram. */
export function diagramProgram(language: string): string | undefined {
  if (!language.startsWith(KROKI)) return programs.get(language);
  const type = language.slice(KROKI.length);
  return programs.get(type) ?? (drawnByKroki.has(type) ? type : undefined);
}

/**
 * Attributes that tell readers which program draws a block. The source stays in the page: no program is run here.
 *
 * @param engine - one of Graphviz's ways to arrange
 */
export function diagramMarker(program: string | undefined, engine = 'dot'): string {
  if (program === undefined) return '';
  const arranged = engine === 'dot' ? '' : ` data-diagram-engine="${engine}"`;
  return ` data-diagram="${program}"${arranged}`;
}
