import { describe, expect, it } from 'vitest';
import {
  descriptorOf,
  isDescriptor,
} from '../../../../../../src/features/authoring/language/descriptors/descriptor';
import { YamlPart } from '../../../../../../src/features/authoring/language/documents/yamlPart';
import { KindRegistry } from '../../../../../../src/model/validation';

const kinds = KindRegistry.builtin();
const of = (source: string) => descriptorOf(new YamlPart(source), kinds);
const head = 'apiVersion: backstage.io/v1alpha1\nkind: Component\n';

describe('Name of a broken document', () => {
  it.each([
    ['metadata:\n  title: "a\n  name: a\n', 'a'],
    ['metadata:\r\n  title: "a\r\n  name: a\r\n', 'a'],
    ['metadata:\n  title: "a\nspec:\n  name: a\n', undefined],
  ])('is read from its lines: %j', (rest, name) => {
    expect(of(`${head}${rest}`)?.name).toBe(name);
  });

  it('is searched in linear time', () => {
    const lines = '        - [an item: of a list\n'.repeat(200);
    expect(of(`${head}metadata:\n  links:\n${lines}`)?.name).toBeUndefined();
  });
});

describe('`isDescriptor`', () => {
  it.each([
    [head, true],
    [`# A comment\n---\n${head}metadata: [\n`, true],
    ['{ apiVersion: backstage.io/v1alpha1, kind: Component }\n', true],
    ['"apiVersion": "backstage.io/v1alpha1"\n', true],
    ['apiVersion: apps/v1\nkind: Deployment\n', false],
    ['spec:\n  apiVersion: backstage.io/v1alpha1\n', false],
    ['', false],
  ])('returns whether it matches for %j', (source, expected) => {
    expect(isDescriptor(new YamlPart(source), kinds)).toBe(expected);
    expect(of(source) !== undefined).toBe(expected);
  });
});
