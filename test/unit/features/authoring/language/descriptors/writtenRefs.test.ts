import { describe, expect, it } from 'vitest';
import {
  refAt,
  refsIn,
} from '../../../../../../src/features/authoring/language/descriptors/writtenRefs';
import { YamlText } from '../../../../../../src/features/authoring/language/documents/yamlText';
import { KindRegistry } from '../../../../../../src/model/validation';

const kinds = KindRegistry.builtin();

function textOf(text: string): YamlText {
  return new YamlText({ uri: 'file:///a.yaml', version: 1, text });
}

const component = (spec: string): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: one\n  namespace: shop\n  annotations:\n    backstage.io/techdocs-entity: component:docs\nspec:\n${spec}`;

describe('Refs of a document', () => {
  it('are in its relation fields and annotations', () => {
    const text = textOf(
      component('  owner: team\n  dependsOn:\n    - resource:db\n    - "api:x/y"\n'),
    );
    const refs = refsIn(text.partAt(0), kinds);

    expect(
      refs.map(({ field, targetRef, scalar }) => [
        field.field,
        targetRef,
        text.text.slice(scalar.start, scalar.end),
      ]),
    ).toEqual([
      ['spec.owner', 'group:shop/team', 'team'],
      ['spec.dependsOn', 'resource:shop/db', 'resource:db'],
      ['spec.dependsOn', 'api:x/y', '"api:x/y"'],
      [
        'metadata.annotations.backstage.io/techdocs-entity',
        'component:default/docs',
        'component:docs',
      ],
    ]);
  });

  it('are found despite an error further down', () => {
    const text = textOf(component('  owner: team\n  broken: [\n'));
    expect(refsIn(text.partAt(0), kinds).map(({ targetRef }) => targetRef)).toContain(
      'group:shop/team',
    );
  });

  it('keep their positions after an edit of another document', () => {
    const before = textOf(`a: 1\n---\n${component('  owner: team\n')}`);
    expect(refsIn(before.partAt(before.text.length), kinds)).toHaveLength(2);
    const text = new YamlText(
      { uri: before.uri, version: 2, text: `# More\n${before.text}` },
      before,
    );
    const refs = refsIn(text.partAt(text.text.length), kinds);
    expect(
      refs.map(({ placed, scalar }) => [placed.index, text.text.slice(scalar.start, scalar.end)]),
    ).toEqual([
      [1, 'team'],
      [1, 'component:docs'],
    ]);
  });

  it.each([
    ['a ref', '  owner: te<|>am\n', 'group:shop/team'],
    ['its end', '  owner: team<|>\n', 'group:shop/team'],
    ['an item', '  dependsOn: [resource:d<|>b]\n', 'resource:shop/db'],
    ['an invalid ref (none)', '  dependsOn: [d<|>b]\n', undefined],
  ])('are found at %s', (_, spec, expected) => {
    const marked = component(spec);
    const offset = marked.indexOf('<|>');
    expect(refAt(textOf(marked.replace('<|>', '')), offset, kinds)?.targetRef).toBe(expected);
  });

  it("aren't found at keys, in other fields and in other documents", () => {
    const at = (marked: string): unknown =>
      refAt(textOf(marked.replace('<|>', '')), marked.indexOf('<|>'), kinds);
    expect(at(component('  own<|>er: team\n'))).toBeUndefined();
    expect(at(component('  lifecycle: te<|>am\n'))).toBeUndefined();
    expect(at('kind: Component\nspec:\n  owner: te<|>am\n')).toBeUndefined();
  });
});
