import { expect, it } from 'vitest';
import { addDiagramNotes } from '../../../../../../src/features/techdocs/core/build/buildDocs';

it.each([
  '',
  'text about data-diagram="plantuml"',
  '<p>text about data-diagram="plantuml"</p>',
  '<pre><code>data-diagram="plantuml"</code></pre>',
  '<div> data-diagram="plantuml"</div>',
  '<span data-diagram="plantuml">a</span>',
  '<pre class="mermaid" data-diagram="mermaid"><code>graph</code></pre>',
])('changes nothing without undrawn diagrams: %s', html => {
  expect(addDiagramNotes(html)).toBe(html);
});

it('adds a note above each diagram', () => {
  const block = '<pre class="uml" data-diagram="plantuml" data-diagram="plantuml">a</pre>';
  const noted = addDiagramNotes(`<p>a</p>${block}${block.replaceAll('plantuml', 'x"y')}`);
  expect(
    noted.match(/<p class="md-diagram-note" role="note">This (\S+) diagram[^<]*<\/p>\n<pre/g),
  ).toHaveLength(2);
  expect(addDiagramNotes(block.repeat(20_000)).match(/<p /g)).toHaveLength(20_000);
});
