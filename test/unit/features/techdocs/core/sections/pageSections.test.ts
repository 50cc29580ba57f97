import { describe, expect, it } from 'vitest';
import { pageSections } from '../../../../../../src/features/techdocs/core/sections/pageSections';
import { growth, LINEAR } from '../../../../../support/growth';

describe('sections of a page', () => {
  it('are split at headings', () => {
    const html = `<p>Before &amp; after.</p>
<h1 data-line="2" id="a">A <code>b</code><a class="headerlink" href="#a" title="x > y">&para;</a></h1>
<p>One</p><p>two th<em>ree</em></p>
<h2 id="ü-&quot;1">Über</h2>`;
    expect(pageSections(html)).toEqual([
      { anchor: undefined, level: 0, title: '', text: 'Before & after.' },
      { anchor: 'a', level: 1, title: 'A b', text: 'One two three' },
      { anchor: 'ü-"1', level: 2, title: 'Über', text: '' },
    ]);
  });

  it.for([
    ['<h2 data-id="x" id="a">A</h2>', 'a'],
    [`<h2 id='a'>A</h2>`, 'a'],
    ['<h2 title="x id=y" ID=a>A</h2>', 'a'],
    ['<h2 data-id="x">A</h2>', undefined],
  ])('has the ids of headings: %s', ([html = '', anchor]) => {
    expect(pageSections(html)).toEqual([{ anchor, level: 2, title: 'A', text: '' }]);
  });

  it('have words of code and tables, without line numbers, scripts and drawings', () => {
    const html = `<table class="highlighttable"><tr><td class="linenos"><pre>1\n2</pre></td><td class="code"><pre>kind: Component</pre></td></tr></table>
<script>let a = '<p>';</script><svg><text>x</text></svg><table><tr><td>l</td><td>r</td></tr></table><!-- <h1>no</h1> --><br/>end`;
    expect(pageSections(html)).toEqual([
      { anchor: undefined, level: 0, title: '', text: 'kind: Component l r end' },
    ]);
  });

  it.for([
    ['a tag without an end', 'a <b', 'a <b'],
    ['a quote without an end', 'a <b title="x> c', 'a <b title="x> c'],
    ['a comment without an end', 'a <!-- b', 'a <!-- b'],
    ['an invalid tag', '1 < 2 <3 </>', '1 < 2 <3'],
    ['a heading without an end', '<h1 id="x">a<p>b', 'b'],
  ])('keep %s as text', ([, html, text]) => {
    expect(pageSections(html ?? '').map(section => section.text)).toEqual([text]);
  });

  it.for(['<a "', '<h1>', '<!--', '</', '<script>', '&'])('take linear time for %s', async part => {
    const read = (count: number): unknown => pageSections(part.repeat(count));
    expect(await growth(read, 50_000)).toBeLessThan(LINEAR);
  });
});
