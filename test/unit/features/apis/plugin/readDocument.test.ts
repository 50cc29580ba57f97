import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { valueOf } from '../../../../../src/features/apis/core/document/placedNode';
import { readDocument } from '../../../../../src/features/apis/core/document/readJson';
import { longRun } from '../../../../support/longRun';
import { finished } from './support';

/** Large enough that the parser receives parts. */
const large = {
  openapi: '3.0.3',
  paths: Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [
      `/things${index}/{id}`,
      {
        get: {
          tags: [`t${index % 20}`],
          summary: 'One thing of many',
          responses: { 200: { description: 'The thing' }, 404: { $ref: '#/components/None' } },
          'x-list': [[1, [2]], { a: { b: [] } }, {}, 'text: with colon', '# no comment'],
        },
      },
    ]),
  ),
  'x-names': Array.from({ length: 5000 }, (_, index) => `name${index}`),
};

const writers: readonly { name: string; write: (value: unknown) => string }[] = [
  { name: 'YAML', write: value => stringify(value) },
  { name: 'YAML without indented lists', write: value => stringify(value, { indentSeq: false }) },
  { name: 'flow style', write: value => stringify(value, { collectionStyle: 'flow' }) },
  { name: 'JSON', write: value => JSON.stringify(value) },
  { name: 'JSON with lines', write: value => JSON.stringify(value, undefined, 2) },
  { name: 'JSON with a comment', write: value => `${JSON.stringify(value, undefined, 1)} # end` },
];

async function read(text: string): Promise<unknown> {
  const { root, errors } = await finished(readDocument(text));
  expect(errors).toEqual([]);
  return root && valueOf(root, { left: 1e9 });
}

it.each(writers)('reads $name part by part like the parser', async ({ write }) => {
  const text = write(large);
  expect(await read(text)).toEqual(parse(text));
});

it.each(writers)('reads any value written as $name', async ({ write }) => {
  const value = fc.jsonValue({ maxDepth: 5, noUnicodeString: false });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), value), async part => {
      const text = write({ a: part, 'b c': [part, 'x'.repeat(9000)], d: { e: part } });
      expect(await read(text)).toEqual(parse(text));
    }),
    longRun({ runs: 5, seed: 20261125 }),
  );
});

it('gives every part its position', async () => {
  const text = stringify(large);
  const { root } = await finished(readDocument(text));
  const paths = root?.type === 'map' ? root.entries.get('paths')?.value : undefined;
  if (paths?.type !== 'map') throw new Error('There are no paths');
  for (const [key, { place }] of paths.entries) {
    expect(text.slice(place.start, place.end)).toBe(key);
  }
});

it('resolves anchors across parts', async () => {
  const filler = Array.from({ length: 2000 }, (_, index) => `k${index}: { a: 1 }`).join('\n');
  const text = `first: &a\n  list: [1, 2]\n${filler}\nlast: *a\n`;
  const value = (await read(text)) as Record<string, unknown>;
  expect(value['last']).toEqual({ list: [1, 2] });
});
