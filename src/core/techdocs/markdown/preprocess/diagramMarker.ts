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
 * An attribute that tells readers which program draws a block. The source stays in the page: no
 * program is run here.
 */
export function diagramMarker(language: string): string {
  const program = Object.hasOwn(programs, language) ? programs[language] : undefined;
  return program === undefined ? '' : ` data-diagram="${program}"`;
}
