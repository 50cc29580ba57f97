import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MarkupContent } from 'vscode-languageserver-types';
import type { Problem } from '../../../../../../src/model';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
  pathOf,
} from '../../../../../support/languageWorkspace';
import { textAt } from '../../../../../support/markedText';
import { skeletonProvider as provider } from '../../../../../support/templates';

const TEMPLATE = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: service
spec:
  owner: group:a
  type: service
  parameters:
    - properties:
        name: { type: string, title: Name, description: What it is called }
  steps:
    - id: fetch
      action: fetch:template
      input:
        url: ./skeleton
        copyWithoutTemplating: ['.github/workflows/*', assets]
        values:
          name: \${{ parameters.name }}
          owner: { team: a, lead: '\${{ user.ref }}' }
    - id: njk
      action: fetch:template
      input:
        url: ./njk
        templateFileExtension: true
        values: \${{ parameters }}
    - id: old
      action: fetch:template
      input:
        url: ./old
        cookiecutterCompat: true
        values: { name: x }
    - id: copies
      action: fetch:template
      input:
        url: ./copies
        copyWithoutTemplating: \${{ parameters.copies }}
        values: { name: x }
    - id: some
      action: fetch:template
      input:
        url: ./some
        copyWithoutTemplating: ['docs/\${{ parameters.name }}/*']
        values: { name: x }
    - id: file
      action: fetch:template:file
      input: { url: ./one.txt, targetPath: ./one.txt, values: { a: 1 } }
    - id: plain
      action: fetch:plain
      input: { url: ./plain }
    - id: open
      action: fetch:template
      input:
        url: ./open
        values: \${{ steps.fetch.output }}
`;

let workspace: LanguageWorkspace;
beforeAll(async () => {
  workspace = await openLanguageWorkspace({
    'template.yaml': TEMPLATE,
    'skeleton/README.md': '# ${{ values.name }} of ${{ values.owner.team }} ${{ values.name }}\n',
    'skeleton/src/index.ts': 'const a = "${{ values.name }}";\n',
    'skeleton/assets/a.txt': '${{ values.name }}',
  });
});
afterAll(() => workspace.dispose());

async function labels(path: string, text: string): Promise<readonly string[]> {
  const answer = await provider.complete?.(workspace.cursor(path, text));
  return (answer?.items ?? []).map(({ label }) => label);
}

/** What the engine says of a file with this text. */
async function problemsOf(
  { catalog }: LanguageWorkspace,
  path: string,
  text: string,
): Promise<readonly Problem[]> {
  await catalog.write({ [path]: text });
  await catalog.engine.whenInspected();
  const found = catalog.problems(path);
  await catalog.remove(path);
  return found;
}

async function problems(path: string, text: string): Promise<readonly string[]> {
  const found = await problemsOf(workspace, path, text);
  return found.map(({ code, message, range }) => `${code} ${textAt(text, range)}: ${message}`);
}

describe('In a file that a step fills in', () => {
  it.each<[what: string, path: string, text: string, ...expected: string[]]>([
    ['values', 'skeleton/a.ts', '"${{ values.<|> }}"', 'name', 'owner'],
    ['properties of values', 'skeleton/a.ts', '${{ values.owner.<|> }}', 'team', 'lead'],
    ['values in brackets', 'skeleton/a.ts', "{% if values['<|>", 'name', 'owner'],
    ['all parameters', 'njk/a.txt.njk', '${{ values.<|> }}', 'name'],
    ['values of cookiecutter', 'old/a.txt', '{{ cookiecutter.<|> }}', 'name'],
    ['values of one file', 'one.txt', '${{ values.<|> }}', 'a'],
    ['nothing of files without the extension', 'njk/a.txt', '${{ values.<|> }}'],
    ['nothing of files that are copied', 'skeleton/assets/b.txt', '${{ values.<|> }}'],
    [
      'nothing of hidden ones that are copied',
      'skeleton/.github/workflows/ci.yaml',
      '${{ values.<|> }}',
    ],
    ['nothing where all is copied', 'plain/a.txt', '${{ values.<|> }}'],
    ['nothing elsewhere', 'other/a.txt', '${{ values.<|> }}'],
    ['nothing outside of expressions', 'skeleton/a.ts', 'values.<|>'],
  ])('%s are offered', async (_, path, text, ...expected) => {
    expect(await labels(path, text)).toEqual(expected);
  });

  it('what begins a path and filters are offered', async () => {
    const names = await labels('skeleton/a.ts', '${{ <|> }}');
    expect(names.slice(0, 2)).toEqual(['values', 'range']);
    expect(names).not.toContain('parameters');
    expect(await labels('skeleton/a.ts', '${{ values.name | <|> }}')).toContain('upper');
  });

  it('a hover tells what is passed, and what that is', async () => {
    const hover = await provider.hover?.(
      workspace.cursor('skeleton/a.md', '${{ values.na<|>me }}'),
    );
    const { value } = hover?.contents as MarkupContent;
    expect(value).toContain('Passed by the step fetch of service: `${{ parameters.name }}`');
    expect(value).toContain('What it is called');
    const inner = await provider.hover?.(
      workspace.cursor('skeleton/a.md', '${{ values.owner.te<|>am }}'),
    );
    expect((inner?.contents as MarkupContent).value).toContain('values.owner.team');
    expect(
      await provider.hover?.(workspace.cursor('skeleton/a.md', '${{ values.no<|>ne }}')),
    ).toBeUndefined();
  });

  it('the definition of a value is its entry in the Template', async () => {
    const links = await provider.definition?.(
      workspace.cursor('skeleton/a.md', '${{ values.owner.te<|>am }}'),
    );
    expect(
      links?.map(({ targetUri, targetRange }) => [
        pathOf(targetUri),
        textAt(TEMPLATE, targetRange),
      ]),
    ).toEqual([['template.yaml', 'owner']]);
    const [local] =
      (await provider.definition?.(
        workspace.cursor('skeleton/a.md', '{% set x = 1 %}${{ <|>x }}'),
      )) ?? [];
    expect(local?.targetRange.start).toEqual({ line: 0, character: 7 });
  });

  it.each([
    ['a file of the skeleton', 'skeleton/other.md', '${{ values.na<|>me }}'],
    [
      'the Template',
      'template.yaml',
      TEMPLATE.replace('          name: $', '          na<|>me: $'),
    ],
  ])('uses of a value are found from %s', async (_, path, text) => {
    const request = workspace.cursor(path, text);
    const found = (await provider.references?.({ ...request, includeDeclaration: true })) ?? [];
    expect(
      found.map(
        ({ uri, range }) => `${pathOf(uri)}:${range.start.line + 1}:${range.start.character}`,
      ),
    ).toEqual([
      'template.yaml:18:10',
      'skeleton/README.md:1:13',
      'skeleton/README.md:1:60',
      'skeleton/src/index.ts:1:22',
    ]);
  });

  it.each<[what: string, path: string, text: string, ...expected: string[]]>([
    [
      'the key of what is passed',
      'template.yaml',
      TEMPLATE.replace('          name: $', '          na<|>me: $'),
      '17:10 write',
    ],
    [
      'the same in all steps that fill in the same files',
      'template.yaml',
      TEMPLATE.replace('          name: $', '          na<|>me: $').replace('./old', './skeleton'),
      '17:10 write',
      '30:18 write',
    ],
    ['nothing of other keys', 'template.yaml', TEMPLATE.replace('  values:', '  va<|>lues:')],
    [
      'all uses in a file',
      'skeleton/a.md',
      '${{ values.na<|>me }} ${{ values.owner }} ${{ values.name.a }}{% set name = 1 %}${{ name }}',
      '0:11 read',
      '0:50 read',
    ],
    ['nothing of what is not passed', 'skeleton/a.md', '${{ values.no<|>ne }}'],
  ])('%s is highlighted', async (_, path, text, ...expected) => {
    const found = (await provider.highlights?.(workspace.cursor(path, text))) ?? [];
    const kinds = ['', 'text', 'read', 'write'];
    expect(
      found.map(({ range: { start }, kind }) =>
        [`${start.line}:${start.character}`, kinds[kind ?? 0]].join(' '),
      ),
    ).toEqual(expected);
    workspace.open('template.yaml', TEMPLATE);
  });

  it.each<[what: string, path: string, text: string, ...expected: string[]]>([
    [
      'a value that is not passed',
      'skeleton/a.md',
      '${{ values.nam }} ${{ values.other }}',
      'unresolved-expression nam: values.nam is not passed by the step fetch of service. Did you mean "name"?',
      'unresolved-expression other: values.other is not passed by the step fetch of service',
    ],
    [
      'what is known in the Template alone',
      'skeleton/a.md',
      '${{ parameters.name }}',
      'unresolved-expression parameters: parameters is not available in a skeleton. Use values',
    ],
    [
      'what does not parse',
      'skeleton/a.md',
      'a\n${{ values. }}',
      'expression-syntax }}: Expected name, received end of input',
    ],
    [
      'an unknown filter',
      'skeleton/a.md',
      '${{ values.name | uper }}',
      'unknown-filter uper: Unknown template filter "uper". Did you mean "upper"?',
    ],
    [
      'nothing of values whose absence is thought of',
      'skeleton/a.md',
      "{% if values.a %}{% endif %}${{ values.b | default('') }}",
    ],
    [
      'nothing of names of the text',
      'skeleton/a.md',
      '{% for a in values.owner %}${{ a.b }}${{ loop.index }}{% endfor %}',
    ],
    ['nothing of what is raw', 'skeleton/a.md', '{% raw %}${{ github.ref }}{% endraw %}'],
    ['nothing where other values may be passed', 'open/a.md', '${{ values.any }}'],
    ['nothing of other files', 'other/a.md', '${{ values.any }} {% if'],
    ['nothing of what may be copied as it is', 'copies/a.md', '${{ values.any }}'],
    ['nothing of what a pattern may match', 'some/docs/a/b/c.md', '${{ values.any }}'],
    [
      'what no pattern matches',
      'some/a.md',
      '${{ values.any }}',
      'unresolved-expression any: values.any is not passed by the step some of service',
    ],
    ['nothing of the signs of others', 'skeleton/a.md', '{{ a }} {a}'],
  ])('%s is told', async (_, path, text, ...expected) => {
    expect(await problems(path, text)).toEqual(expected);
  });

  it('what is meant is named once, whichever steps pass it', async () => {
    const apart = await openLanguageWorkspace({
      'template.yaml': TEMPLATE.replace('url: ./old', 'url: ./skeleton').replace(
        'cookiecutterCompat: true',
        'targetPath: old',
      ),
    });
    const found = await problemsOf(apart, 'skeleton/a.md', '${{ values.nam }}');
    expect(found.map(({ message, suggestions }) => [message, suggestions])).toEqual([
      ['values.nam is not passed by the step fetch of service. Did you mean "name"?', ['name']],
    ]);
    apart.dispose();
  });

  it('a filter that a plugin may have added is told as a hint', async () => {
    const found = await problemsOf(workspace, 'skeleton/a.md', '${{ values.name | slugOfAcme }}');
    expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'hint unknown-filter',
    ]);
  });

  it.each([
    ['in quotes', 'url: "./parts/one"'],
    ['below its key', 'url:\n          ./parts/one'],
    ['as a block', 'url: >-\n          ./parts/one'],
    ['with an escape', 'url: ".\\x2fparts/one"'],
    ['with a sign for a letter', 'url: ./part%73/one'],
    ['from elsewhere', 'url: ../templates/parts/one'],
    ['with a part that is not known', 'url: ./parts/one/${{ parameters.name }}'],
    ['after a mark of its own', 'url: &place ./parts/one'],
    ['behind a question mark', '? url\n        : ./parts/one'],
  ])('the step is found whose place is written %s', async (_, url) => {
    const apart = await openLanguageWorkspace({
      'templates/template.yaml': TEMPLATE.replace('url: ./skeleton', url),
    });
    const found = await problemsOf(apart, 'templates/parts/one/a.md', '${{ values.nam }}');
    expect(found.map(({ message }) => message.split(' is ')[0])).toEqual(['values.nam']);
    apart.dispose();
  });

  it('what an alias passes is known', async () => {
    const apart = await openLanguageWorkspace({
      'template.yaml': TEMPLATE.replace('        values:\n', '        values: &common\n').replace(
        'values: { name: x }',
        'values: *common',
      ),
    });
    const found = await problemsOf(
      apart,
      'old/a.md',
      '{{ cookiecutter.owner }} {{ cookiecutter.other }}',
    );
    expect(found.map(({ message }) => message.split(' is ')[0])).toEqual(['cookiecutter.other']);
    apart.dispose();
  });

  it('tokens tell what the words of expressions are', async () => {
    const text = 'x ${{ values.name }}';
    const tokens = (await provider.semanticTokens?.(workspace.open('skeleton/a.md', text))) ?? [];
    expect(tokens.map(({ start, end, type }) => `${text.slice(start, end)}: ${type}`)).toEqual([
      '${{: operator',
      'values: variable',
      '.: operator',
      'name: parameter',
      '}}: operator',
    ]);
  });
});
