import { describe, expect, it } from 'vitest';
import { MarkdownEngine } from '../../../../../../src/features/techdocs/core';

const engine = new MarkdownEngine();
const render = (text: string): string => engine.render(text).html;

const source = (program: string, text: string): string =>
  `<pre class="${program}" data-diagram="${program}"><code>${text}</code></pre>`;

describe('diagrams are shown as marked source', () => {
  it.each([
    ['```graphviz dot out.svg\ndigraph { a -> b }\n```', 'graphviz', 'digraph { a -&gt; b }'],
    ['```dot\ndigraph { a }\n```', 'graphviz', 'digraph { a }'],
    ['{% dot out.svg\ndigraph { a }\n%}', 'graphviz', 'digraph { a }'],
    ['```plantuml\nA -> B\n```', 'plantuml', 'A -&gt; B'],
    ['```plantuml format="svg" classes="uml"\nA\n```', 'plantuml', 'A'],
    ['::uml:: format="png"\nA\n::end-uml::', 'plantuml', 'A'],
  ])('%j', (text, program, code) => {
    expect(render(`${text}\n`)).toBe(source(program, code));
  });

  it('with their layout engine', () => {
    expect(render('```graphviz neato out.svg\ngraph { a }\n```\n')).toBe(
      '<pre class="graphviz" data-diagram="graphviz" data-diagram-engine="neato"><code>graph { a }</code></pre>',
    );
  });

  it('in lists', () => {
    expect(render('- a\n\n    ```plantuml\n    A\n    ```\n')).toContain(source('plantuml', 'A'));
  });

  it('mermaid as code that an addon of TechDocs finds', () => {
    expect(render('```mermaid\ngraph TD\n```\n')).toMatch(
      /^<div class="language-text highlight" data-diagram="mermaid"><table class="highlighttable">/,
    );
  });

  it('except without their extension', () => {
    const plain = new MarkdownEngine({ extensions: { 'pymdownx.superfences': {} } });
    expect(plain.render('::uml::\nA\n::end-uml::\n').html).toBe('<p>::uml::\nA\n::end-uml::</p>');
  });
});
