import { expect, it } from 'vitest';
import { validateText } from '../../../../../../src/features/backstage/core/instances/validateText';

const head = 'apiVersion: backstage.io/v1alpha1\nkind: Component\n';
const spec = 'spec: { type: service, lifecycle: production, owner: team-a, dependsOn: [shop] }\n';

/** The text that a server's message about the first entity marks. */
async function marked(text: string, sentence: string): Promise<string> {
  const { objections } = await validateText(text, { validate: async () => [sentence] });
  const [{ range } = { range: undefined }] = objections;
  const line = text.split('\n')[range?.start.line ?? -1];
  return line?.slice(range?.start.character, range?.end.character) ?? '';
}

// Messages of `plugin-catalog-backend` 4.0.5.
it.each([
  [
    `${head}metadata: { name: a b }\n${spec}`,
    'Policy check failed for component:default/a b; caused by Error: "metadata.name" is not valid; expected a string that is sequences of [a-zA-Z0-9] separated by any of [-_.], at most 63 characters in total but found "a b". To learn more about catalog file format, visit: https://github.com/backstage/backstage/blob/master/docs/architecture-decisions/adr002-default-catalog-file-format.md',
    'a b',
  ],
  [
    `${head}metadata: { name: a, links: [{ title: x }] }\n${spec}`,
    "Policy check failed for component:default/a; caused by Error: Malformed envelope, /metadata/links/0 must have required property 'url'",
    '{ title: x }',
  ],
  [
    `${head}metadata: { name: a }\nspec: { type: 5 }\n`,
    "Processor BuiltinKindsEntityProcessor threw an error while validating the entity component:default/a; caused by TypeError: /spec must have required property 'lifecycle' - missingProperty: lifecycle",
    'spec',
  ],
  [
    `apiVersion: acme.org/v1\nkind: Boat\nmetadata: { name: a }\nspec: { masts: two }\n`,
    'Processor Boats threw an error while validating the entity boat:default/a; caused by TypeError: /spec/masts must be number - type: number',
    'two',
  ],
  [
    `${head}metadata: { name: a }\n${spec}`,
    'Processor BuiltinKindsEntityProcessor threw an error while postprocessing; caused by Error: Entity reference "shop" had missing or empty kind (e.g. did not start with "component:" or similar)',
    'shop',
  ],
  [
    `${head}metadata: {}\n${spec}`,
    "/metadata must have required property 'name' - missingProperty: name",
    'metadata',
  ],
  [
    `apiVersion: backstage.io/v1alpha1\nkind: Foo\nmetadata: { name: a }\n`,
    'No processor recognized the entity foo:default/a as valid, possibly caused by a foreign kind or apiVersion',
    'Foo',
  ],
  [`${head}metadata: { name: shop }\n${spec}`, 'We do not like it.', 'shop'],
])("%# locates a server's message in the text", async (text, sentence, expected) => {
  expect(await marked(text, sentence)).toBe(expected);
});

it('validates each entity and counts unreadable documents', async () => {
  const names: unknown[] = [];
  const verdict = await validateText(
    `${head}metadata: { name: a }\n---\n# nothing\n---\n- a list\n---\n{ a: b\n---\n${head}metadata: { name: b }\n`,
    {
      validate: async ({ metadata }) => {
        names.push(metadata.name);
        return metadata.name === 'b' ? ['x'.repeat(3000)] : [];
      },
    },
  );
  expect({ ...verdict, names }).toEqual({
    names: ['a', 'b'],
    entities: 2,
    unreadable: 2,
    objections: [
      {
        message: `${'x'.repeat(2000)}…`,
        range: { start: { line: 12, character: 18 }, end: { line: 12, character: 19 } },
      },
    ],
  });
});
