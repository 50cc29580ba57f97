import { describe, expect, it } from 'vitest';
import { excerpt, search } from '../../../../webview/site/searchIndex';

const entry = (title: string, text: string) => ({ location: `${title}/`, title, text });

describe('search of built sites', () => {
  it('finds entries with all words, titles first, whole words before prefixes', () => {
    const entries = [
      entry('Text', 'How orders come in.'),
      entry('Orders', 'Text.'),
      entry('Order', 'Text.'),
      entry('Other', 'Reorder them.'),
    ];
    const found = search(entries, 'ORDER', 10).map(hit => hit.entry.title);
    expect(found).toEqual(['Order', 'Orders', 'Text']);
    expect(search(entries, 'order come', 10)).toHaveLength(1);
    expect(search(entries, ' ', 10)).toEqual([]);
  });

  it('shows sections with all words, or the page if no section has all', () => {
    const at = (location: string, title: string, text: string) => ({ location, title, text });
    const entries = [
      at('', 'Home', 'Shop Orders come home. Returns They go back.'),
      at('#shop', 'Shop', 'Orders come home.'),
      at('#returns', 'Returns', 'They go back.'),
      at('setup/', 'Setup', 'Setup Text.'),
      at('setup/#setup', 'Setup', 'Text.'),
    ];
    const found = (query: string) => search(entries, query, 10).map(({ entry }) => entry.location);
    expect(found('orders')).toEqual(['#shop']);
    expect(found('orders back')).toEqual(['']);
    expect(found('home')).toEqual(['', '#shop']);
    expect(found('setup')).toEqual(['setup/#setup']);
  });

  it.for([
    ['words', 'before '.repeat(50), ' after'.repeat(50)],
    ['no spaces', '文'.repeat(300), '文'.repeat(300)],
    ['a distant space', '文'.repeat(300), `${'文'.repeat(100)} end`],
  ])('shows an excerpt around a word in a text with %s', ([, before, after]) => {
    const pieces = excerpt(`${before}needle${after}`, 'needle', 80);
    expect(pieces).toHaveLength(3);
    expect(pieces[1]).toBe('needle');
    expect(pieces[0]).toMatch(/^…/);
    expect(pieces[2]).toMatch(/…$/);
    expect(pieces.join('').length).toBeLessThanOrEqual(82);
  });

  it('treats a word as text, not as a pattern', () => {
    expect(excerpt('a (b) c', '(b)', 80)).toEqual(['a ', '(b)', ' c']);
  });
});
