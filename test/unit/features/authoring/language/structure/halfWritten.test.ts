import fc from 'fast-check';
import { it } from 'vitest';
import {
  createStructureProvider,
  StructureService,
} from '../../../../../../src/features/authoring/language';
import { expectInText } from '../../../../../support/answersInText';
import { aComponent, aDescriptor, documents } from '../../../../../support/descriptors';
import { openLanguageWorkspace } from '../../../../../support/languageWorkspace';
import { at } from '../../../../../support/testCatalog';

const SCHEMA = JSON.stringify({
  properties: { size: { type: 'number' }, parts: { type: 'array', items: { enum: ['a', 'b'] } } },
});

const WHOLE = documents(
  '# yaml-language-server: $schema=size.json\nsize: large\nparts: [a, c]\n',
  aComponent('a'),
  aDescriptor('location:all', { targets: ['./*.yaml'] }),
  'site_name: A\nplugins:\n  - techdocs-core\nnav: [{Home: index.md}]\n',
  '# yaml-language-server: $schema=../x.json\r\ncatalog:\r\n  rules: []\r\n',
);

const PIECES = [
  '\n',
  ' ',
  '- ',
  ': ',
  '#',
  '"',
  '[',
  '}',
  '---\n',
  '...\n',
  '\r\n',
  '&a ',
  '*a',
].concat(
  ['|\n', '!!str ', '%YAML 1.2\n', '\t', '\uFEFF', '\uD800', '𝕏', '$schema: ', '__proto__: ', '\0'],
  ['# yaml-language-server: $schema=size.json\n', 'kind: Component\n', 'spec:\n  '],
);

const edits = fc.array(
  fc.record({
    at: fc.nat(WHOLE.length),
    length: fc.nat(60),
    insert: fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }),
  }),
  { maxLength: 5 },
);

it('returns ranges within half-written texts', async () => {
  const workspace = await openLanguageWorkspace({});
  const provider = createStructureProvider({
    service: new StructureService({
      declaredKinds: () => [],
      readFile: () => Promise.resolve(SCHEMA),
      fetchText: () => Promise.reject(new Error('Nothing is fetched')),
      workspaceFolders: () => [at('')],
      isTrusted: () => false,
      allowedHosts: () => [],
      now: () => 0,
    }),
    isDelegated: () => false,
    state: () => workspace,
  });
  const name = fc.constantFrom('a.yaml', 'mkdocs.yml', 'app-config.yaml');
  await fc.assert(
    fc.asyncProperty(edits, fc.double({ min: 0, max: 1, noNaN: true }), name, async (...drawn) => {
      const [changes, place, path] = drawn;
      const written = changes.reduce(
        (text, { at: start, length, insert }) =>
          text.slice(0, start) + insert.join('') + text.slice(start + length),
        WHOLE,
      );
      const request = workspace.open(path, written);
      const offset = Math.floor(place * written.length);
      const here = { ...request, offset, position: request.text.positionAt(offset) };
      const problems = (await provider.problems?.(request)) ?? [];
      const completions = (await provider.complete?.(here))?.items ?? [];
      const hover = await provider.hover?.(here);
      const ranges = [
        ...problems.map(({ range }) => range),
        ...completions.flatMap(({ textEdit }) =>
          textEdit && 'range' in textEdit ? [textEdit.range] : [],
        ),
        ...(hover?.range ? [hover.range] : []),
      ];
      for (const range of ranges) expectInText(range, request.text);
    }),
    { numRuns: 150 },
  );
  workspace.dispose();
});
