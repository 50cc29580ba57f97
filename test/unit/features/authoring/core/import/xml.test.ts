import { expect, it } from 'vitest';
import { readXml } from '../../../../../../src/features/authoring/core/import/manifests/xml';

it('returns texts by element path, the first of several', () => {
  const { attributes, texts } = readXml(
    '<a __proto__="x" b="&lt;"><c>1</c><c>2</c><d><e>3</e></d></a>',
  );
  expect([...attributes]).toEqual([['b', '<']]);
  expect([...texts]).toEqual([
    ['a/c', '1'],
    ['a/d/e', '3'],
    ['a/d', ''],
    ['a', ''],
  ]);
});

it('omits unclosed, oversized and deeply nested elements', () => {
  const { texts } = readXml(`<a><b>${'x'.repeat(3000)}</b><c><d><e>1</e></d></c><f>2`);
  expect([...texts]).toEqual([
    ['a/c/d', ''],
    ['a/c', ''],
  ]);
});

it.each([
  '<',
  '<a',
  '<a>',
  '</a>',
  '<a b="',
  '<!--',
  '<![CDATA[',
  '&',
  '&#x',
  '<?',
  '<!DOCTYPE a [',
  ']]>',
])('parses repeated %s without an error', part => {
  for (const end of ['', '<name>x</name>']) {
    expect(readXml(part.repeat(100_000) + end).texts.size).toBeLessThan(2);
  }
});

it("doesn't expand entities of the document", () => {
  const xml =
    '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;&c;</a>';
  expect(readXml(xml).texts.get('a')).toBe('&b;&c;');
});

it('stops at overly nested elements and keeps earlier fields', () => {
  const xml = `<a><b>x</b>${'<c>'.repeat(300)}${'</c>'.repeat(300)}<d>y</d></a>`;
  expect([...readXml(xml).texts]).toEqual([['a/b', 'x']]);
});
