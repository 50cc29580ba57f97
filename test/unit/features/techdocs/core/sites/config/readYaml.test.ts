import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../../../../../src/features/techdocs/core/sites/config/readYaml';

const read = (text: string): ReturnType<typeof readYaml> =>
  readYaml(text, 'file:///work/mkdocs.yml', new Map());

describe('readYaml', () => {
  // Text: `str(yaml.safe_load(…))` of PyYAML 6.0.3.
  it.each([
    ['1:30', 90, '90'],
    ['-1:30', -90, '-90'],
    ['190:20:30', 685_230, '685230'],
    ['0b1010', 10, '10'],
    ['-0b11', -3, '-3'],
    ['017', 15, '15'],
    ['0o17', '0o17', '0o17'],
    ['-0x1F', -31, '-31'],
    ['1_000', 1000, '1000'],
    ['+12', 12, '12'],
    ['1.0', 1, '1.0'],
    ['.5', 0.5, '0.5'],
    ['1e3', '1e3', '1e3'],
    ['.inf', undefined, 'inf'],
    ['-.inf', undefined, '-inf'],
    ['.nan', undefined, 'nan'],
    ['2001-12-14 1:59:43', undefined, '2001-12-14 01:59:43'],
    ['2001-12-14T21:59:43.5', undefined, '2001-12-14 21:59:43.500000'],
    ['2001-12-14t21:59:43.10-05:00', undefined, '2001-12-14 21:59:43.100000-05:00'],
    ['2001-12-14 21:59:43Z', undefined, '2001-12-14 21:59:43+00:00'],
    ['2001-12-14 21:59:43.0 +5', undefined, '2001-12-14 21:59:43+05:00'],
    ['2001-12-14 21:59:43-0500', '2001-12-14 21:59:43-0500', '2001-12-14 21:59:43-0500'],
  ])('reads the scalar %s as PyYAML does', (source, value, text) => {
    expect(read(source).node).toMatchObject({ type: 'scalar', value, text });
  });

  it('reports a second document', () => {
    expect(read('a: 1\n---\nb: 2\n').issues).toMatchObject([
      { message: 'Only one YAML document is expected', range: { start: { line: 1 } } },
    ]);
  });

  it('merges maps of a list, the first of which wins', () => {
    const { node } = read(
      'x: &x { a: 1, b: 1 }\ny: &y { b: 2, c: 2 }\nz: { <<: [*x, *y], c: 3 }\n',
    );
    const z = node?.type === 'map' ? node.entries.get('z')?.value : undefined;
    const texts =
      z?.type === 'map'
        ? [...z.entries].map(([key, { value }]) => [key, value.type === 'scalar' && value.value])
        : [];
    expect(Object.fromEntries(texts)).toEqual({ a: 1, b: 1, c: 3 });
  });
});
