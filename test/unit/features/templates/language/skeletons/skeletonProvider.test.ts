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

/** Problems of a file with this text. */
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

describe('skeleton file', () => {
  it.each<[what: string, path: string, text: string, ...expected: string[]]>([
    ['values', 'skeleton/a.ts', '"${{ values.<|> }}"', 'name', 'owner'],
    ['properties of values', 'skeleton/a.ts', '${{ values.owner.<|> }}', 'team', 'lead'],
    ['values in brackets', 'skeleton/a.ts', "{% if values['<|>", 'name', 'owner'],
    ['all parameters', 'njk/a.txt.njk', '${{ values.<|> }}', 'name'],
    ['values of cookiecutter', 'old/a.txt', '{{ cookiecutter.<|> }}', 'name'],
    ['values of one file', 'one.txt', '${{ values.<|> }}', 'a'],
    ['nothing in files without the extension', 'njk/a.txt', '${{ values.<|> }}'],
    ['nothing in copied files', 'skeleton/assets/b.txt', '${{ values.<|> }}'],
    ['nothing in hidden copied files', 'skeleton/.github/workflows/ci.yaml', '${{ values.<|> }}'],
    ['nothing if all files are copied', 'plain/a.txt', '${{ values.<|> }}'],
    ['nothing in other files', 'other/a.txt', '${{ values.<|> }}'],
    ['nothing outside of expressions', 'skeleton/a.ts', 'values.<|>'],
  ])('completes %s', async (_, path, text, ...expected) => {
    expect(await labels(path, text)).toEqual(expected);
  });

  it('completes names and filters', async () => {
    const names = await labels('skeleton/a.ts', '${{ <|> }}');
    expect(names.slice(0, 2)).toEqual(['values', 'range']);
    expect(names).not.toContain('parameters');
    expect(await labels('skeleton/a.ts', '${{ values.name | <|> }}')).toContain('upper');
  });

  it('shows on hover which value is passed', async () => {
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

  it('links a value to its entry in the Template', async () => {
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
  ])('finds references of a value from %s', async (_, path, text) => {
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
      'the key of a passed value',
      'template.yaml',
      TEMPLATE.replace('          name: $', '          na<|>me: $'),
      '17:10 write',
    ],
    [
      'the key in all steps for the same files',
      'template.yaml',
      TEMPLATE.replace('          name: $', '          na<|>me: $').replace('./old', './skeleton'),
      '17:10 write',
      '30:18 write',
    ],
    ['nothing for other keys', 'template.yaml', TEMPLATE.replace('  values:', '  va<|>lues:')],
    [
      'all uses in a file',
      'skeleton/a.md',
      '${{ values.na<|>me }} ${{ values.owner }} ${{ values.name.a }}{% set name = 1 %}${{ name }}',
      '0:11 read',
      '0:50 read',
    ],
    ['nothing for a value that is not passed', 'skeleton/a.md', '${{ values.no<|>ne }}'],
  ])('highlights %s', async (_, path, text, ...expected) => {
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
      'a name of Templates only',
      'skeleton/a.md',
      '${{ parameters.name }}',
      'unresolved-expression parameters: parameters is not available in a skeleton. Use values',
    ],
    [
      'a syntax error',
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
      'nothing for values with a fallback',
      'skeleton/a.md',
      "{% if values.a %}{% endif %}${{ values.b | default('') }}",
    ],
    [
      'nothing for local names',
      'skeleton/a.md',
      '{% for a in values.owner %}${{ a.b }}${{ loop.index }}{% endfor %}',
    ],
    ['nothing in raw text', 'skeleton/a.md', '{% raw %}${{ github.ref }}{% endraw %}'],
    ['nothing if other values may be passed', 'open/a.md', '${{ values.any }}'],
    ['nothing in other files', 'other/a.md', '${{ values.any }} {% if'],
    ['nothing in files that may be copied', 'copies/a.md', '${{ values.any }}'],
    ['nothing in files that a pattern may match', 'some/docs/a/b/c.md', '${{ values.any }}'],
    [
      'a value in a file that no pattern matches',
      'some/a.md',
      '${{ values.any }}',
      'unresolved-expression any: values.any is not passed by the step some of service',
    ],
    ['nothing for other delimiters', 'skeleton/a.md', '{{ a }} {a}'],
  ])('reports %s', async (_, path, text, ...expected) => {
    expect(await problems(path, text)).toEqual(expected);
  });

  it('names a suggestion once for several steps', async () => {
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

  it('reports a filter that a plugin may add as a hint', async () => {
    const found = await problemsOf(workspace, 'skeleton/a.md', '${{ values.name | slugOfAcme }}');
    expect(found.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'hint unknown-filter',
    ]);
  });

  it.each([
    ['quoted', 'url: "./parts/one"'],
    ['below its key', 'url:\n          ./parts/one'],
    ['as a block', 'url: >-\n          ./parts/one'],
    ['with an escape', 'url: ".\\x2fparts/one"'],
    ['percent-encoded', 'url: ./part%73/one'],
    ['relative to another folder', 'url: ../templates/parts/one'],
    ['partly an expression', 'url: ./parts/one/${{ parameters.name }}'],
    ['after an anchor', 'url: &place ./parts/one'],
    ['after a question mark', '? url\n        : ./parts/one'],
  ])('finds a step whose url is %s', async (_, url) => {
    const apart = await openLanguageWorkspace({
      'templates/template.yaml': TEMPLATE.replace('url: ./skeleton', url),
    });
    const found = await problemsOf(apart, 'templates/parts/one/a.md', '${{ values.nam }}');
    expect(found.map(({ message }) => message.split(' is ')[0])).toEqual(['values.nam']);
    apart.dispose();
  });

  it('knows values passed by an alias', async () => {
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

  it('has tokens for names in expressions', async () => {
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
