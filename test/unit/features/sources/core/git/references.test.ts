import { describe, expect, it } from 'vitest';
import { referencedPaths } from '../../../../../../src/features/sources/core/git/wantedFiles';

describe('paths that a file refers to', () => {
  it.each([
    ['definition:\n  $text: ./openapi.yaml', ['apis/openapi.yaml']],
    ['$openapi: "../spec/a b.yaml"', ['spec/a b.yaml']],
    ["- $yaml: 'x.yaml' # a comment", ['apis/x.yaml']],
    ['{ "$ref": "schemas/pet.json#/Pet" }', ['apis/schemas/pet.json']],
    ['$text: /README.md', ['README.md']],
    ['a: {$json: b%20c.json, d: 1}', ['apis/b c.json']],
    ['$text: ../../out.md', []],
    ['$text: https://github.com/a/b/blob/main/x', []],
    ['$ref: "#/components/Pet"', []],
    ['price: $5: ./x', []],
    ['title: nothing', []],
    ['kind: Location\nspec:\n  target: ./all.txt', ['apis/all.txt']],
    ['kind: Location\nspec:\n  targets:\n    - "../a.json" # one\n    - b', ['a.json', 'apis/b']],
    ['kind: Location\nspec: { targets: [./a, ./b] }', ['apis/a', 'apis/b']],
    ['kind: Component\nspec:\n  target: ./all.txt', []],
  ])('%s', (text, paths) => {
    expect([...referencedPaths('apis/catalog-info.yaml', text)]).toEqual(paths);
  });
});
