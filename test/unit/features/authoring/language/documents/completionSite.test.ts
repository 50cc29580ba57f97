import { describe, expect, it } from 'vitest';
import { completionSiteAt } from '../../../../../../src/features/authoring/language/documents/completionSite';
import { YamlText } from '../../../../../../src/features/authoring/language/documents/yamlText';

/** A readable form: `at path "replaced text" prefix`. */
function siteIn(markedText: string): string | undefined {
  const offset = markedText.indexOf('<|>');
  const text = markedText.replace('<|>', '');
  const site = completionSiteAt(new YamlText({ uri: 'file:///a.yaml', version: 1, text }), offset);
  if (!site) return undefined;
  const { at, path, start, end, prefix } = site;
  return `${at} ${path.join('.')} [${text.slice(start, end)}] ${prefix}`;
}

describe('`completionSiteAt`', () => {
  it.each([
    ['a key at the root', 'ki<|>', 'key  [ki] ki'],
    ['a key of an empty document', '<|>', 'key  [] '],
    ['a key after others', 'kind: A\nmeta<|>', 'key  [meta] meta'],
    ['a key in a map', 'spec:\n  own<|>', 'key spec [own] own'],
    ['a key below a key without a value', 'spec:\n  <|>', 'key spec [] '],
    ['a key before others', 'spec:\n  <|>\n  type: a', 'key spec [] '],
    ['a value', 'spec:\n  owner: te<|>', 'value spec.owner [te] te'],
    ['a missing value', 'spec:\n  owner: <|>', 'value spec.owner [] '],
    ['the middle of a value', 'spec:\n  owner: te<|>am-a', 'value spec.owner [team-a] te'],
    ['a value before a comment', 'spec:\n  owner: te<|> # who', 'value spec.owner [te] te'],
    ['a ref with a colon', 'spec:\n  owner: group:<|>', 'value spec.owner [group:] group:'],
    ['a value in quotes', "spec:\n  owner: 'te<|>am'", 'value spec.owner [team] te'],
    ['an unclosed quote', 'spec:\n  owner: "te<|>', 'value spec.owner [te] te'],
    ['an item', 'spec:\n  dependsOn:\n    - a\n    - b<|>', 'value spec.dependsOn.1 [b] b'],
    ['an item without indent', 'spec:\n  dependsOn:\n  - a\n  - <|>', 'value spec.dependsOn.1 [] '],
    ['a ref as an item', 'a:\n  - b:<|>', 'value a.0 [b:] b:'],
    ['the middle of a ref as an item', 'a:\n  - b:<|>c', 'value a.0 [b:c] b:'],
    ['a value after an anchor', 'spec:\n  owner: &o te<|>am', 'value spec.owner [team] te'],
    ['a missing value after an anchor', 'spec:\n  owner: &o <|>\n  a: 1', 'value spec.owner [] '],
    ['a value after a tag', 'spec:\n  owner: !!str te<|>', 'value spec.owner [te] te'],
    ['a quoted value after a tag', 'spec:\n  owner: !!str "te<|>"', 'value spec.owner [te] te'],
    [
      'a value after an anchor and a tag',
      'spec:\n  owner: !!str &o te<|>',
      'value spec.owner [te] te',
    ],
    ['an item after an anchor', 'a:\n  - &b c:d<|>', 'value a.0 [c:d] c:d'],
    ['an item after a tag', 'a:\n  - x\n  - !!str <|>', 'value a.1 [] '],
    ['an item in brackets after an anchor', 'a: [x, &b c:d<|>]', 'value a.1 [c:d] c:d'],
    ['a missing item after an anchor in brackets', 'a: [x, &b <|>]', 'value a.1 [] '],
    ['a value in braces after an anchor', 'a: { b: &c d<|> }', 'value a.b [d] d'],
    ['a key of an item', 'steps:\n  - id: a\n    ac<|>', 'key steps.0 [ac] ac'],
    ['a value in an item', 'steps:\n  - id: a\n  - action: f<|>', 'value steps.1.action [f] f'],
    [
      'a value in a map in an item',
      'steps:\n  - id: a\n  - id: b\n    input:\n      url: .<|>',
      'value steps.1.input.url [.] .',
    ],
    ['an item in brackets', 'spec:\n  dependsOn: [a, b<|>]', 'value spec.dependsOn.1 [b] b'],
    ['an empty list in brackets', 'spec:\n  dependsOn: [<|>]', 'value spec.dependsOn.0 [] '],
    ['unclosed brackets', 'spec:\n  dependsOn: [a, <|>', 'value spec.dependsOn.1 [] '],
    ['a ref in brackets', 'a: [b, c:d<|>e]', 'value a.1 [c:de] c:d'],
    ['a ref in brackets without a name', 'a: [b, c:<|>]', 'value a.1 [c:] c:'],
    ['a ref in brackets before others', 'a: [c:<|>, b:e]', 'value a.0 [c:] c:'],
    ['a ref in quotes in brackets', 'a: ["c:<|>"]', 'value a.0 [c:] c:'],
    ['a ref in braces', 'a: { b: c:d<|>, e: f }', 'value a.b [c:d] c:d'],
    ['a key with a value in braces', 'a: { b<|>c: d }', 'key a [bc] b'],
    ['a value in braces', 'spec: { owner: te<|> }', 'value spec.owner [te] te'],
    ['a key in braces', 'spec: { ow<|> }', 'key spec [ow] ow'],
    ['the second document', 'a: 1\n---\nspec:\n  owner: <|>', 'value spec.owner [] '],
    ['a line between keys', 'spec:\n  a: 1\n\n  <|>\n  b: 2', 'key spec [] '],
    ['a key after a nested map', 'spec:\n  a:\n    b: 1\n  <|>', 'key spec [] '],
    ['a key in quotes', 'a:\n  "b c": x<|>', 'value a.b c [x] x'],
    [
      'an annotation',
      'metadata:\n  annotations:\n    backstage.io/tech<|>',
      'key metadata.annotations [backstage.io/tech] backstage.io/tech',
    ],
    ['a value in CRLF lines', 'spec:\r\n  owner: te<|>\r\n', 'value spec.owner [te] te'],
  ])('finds %s', (_, text, expected) => {
    expect(siteIn(text)).toBe(expected);
  });

  it.each([
    ['a comment', 'a: 1\n# b<|>'],
    ['a comment after a value', 'a: 1 # b<|>'],
    ['a block text', 'a: |\n  some te<|>xt\n  more\n'],
    ['a marker', '---<|>'],
    ['a key without a space after it', 'a:<|>'],
    ["an item's key without a space after it", 'a:\n  - b:<|> c'],
    ['an anchor', 'a: &b<|>'],
  ])('finds nothing in %s', (_, text) => {
    expect(siteIn(text)).toBeUndefined();
  });
});
