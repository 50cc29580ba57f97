import { describe, expect, it } from 'vitest';
import { searchEntries } from '../../../../../../src/features/techdocs/core/build/searchIndex';

const page = { url: 'page/', title: 'Page', toc: [] };

describe('searchEntries', () => {
  it('reads scripts and styles up to their own end tags', () => {
    const html = '<p>a</p><script>b</P></SCRIPT><p>c</p><style>d</script></style><p>e</p>';
    expect(searchEntries({ ...page, html })).toEqual([
      { location: 'page/', title: 'Page', text: 'a b</P> c d</script> e' },
    ]);
  });

  // Quadratic time would take far longer here.
  it.each([
    ['scripts', '<script>x</script>', 20_000],
    ['tags without an end', '<a ', 10_000],
    ['attributes without an end', '<a b="', 5_000],
  ])(
    'is fast with many %s',
    (_name, piece, count) => {
      const [entry] = searchEntries({ ...page, html: piece.repeat(count) });
      expect(entry?.text.length).toBeGreaterThan(count);
    },
    5000,
  );
});
