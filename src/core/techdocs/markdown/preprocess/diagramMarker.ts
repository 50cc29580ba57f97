/** Languages of pictures: the program that draws them, by name. */
const programs: Readonly<Record<string, string>> = {
  mermaid: 'mermaid',
  graphviz: 'graphviz',
  dot: 'graphviz',
  plantuml: 'plantuml',
  puml: 'plantuml',
  uml: 'plantuml',
};

/**
 * Attributes that tell readers which program draws a block. The source stays in the page: no program is run here.
 *
 * @param engine - one of Graphviz's ways to arrange
 */
export function diagramMarker(language: string, engine = 'dot'): string {
  const program = Object.hasOwn(programs, language) ? programs[language] : undefined;
  if (program === undefined) return '';
  const arranged = engine === 'dot' ? '' : ` data-diagram-engine="${engine}"`;
  return ` data-diagram="${program}"${arranged}`;
}
