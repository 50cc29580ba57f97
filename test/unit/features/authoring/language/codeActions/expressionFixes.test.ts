import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionsAt, offered, OfferedActions } from '../../../../../support/codeActions';
import {
  type LanguageWorkspace,
  openLanguageWorkspace,
} from '../../../../../support/languageWorkspace';
import { aTemplate } from '../../../../../support/templates';

const template = (message: string): string => `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: shop
spec:
  type: service
  parameters: { properties: { name: {}, repo-url: {} } }
  steps:
    - id: fetch-base
      action: catalog:fetch
    - id: read
      action: catalog:fetch
    - action: debug:log
      input:
        message: ${message}
`;

describe('Fixes in an expression of a Template', () => {
  it.each([
    ['plain', '${{ parameters.n<|>mae }}', 'name', '${{ parameters.name }}'],
    [
      'in quotes',
      '"\\"a\\" ${{ parameters.n<|>mae }}"',
      'name',
      '"\\"a\\" ${{ parameters.name }}"',
    ],
    [
      'in a block',
      '|\n          a\n          ${{ user.ref | upp<|>r }}',
      'upper',
      '|\n          a\n          ${{ user.ref | upper }}',
    ],
    ['at its root', '${{ na<|>me }}', 'parameters.name', '${{ parameters.name }}'],
    ['in brackets', "${{ parameters['repo-ur<|>'] }}", 'repo-url', "${{ parameters['repo-url'] }}"],
    ['of a step', '${{ steps.re<|>d.output.entity }}', 'read', '${{ steps.read.output.entity }}'],
    [
      'of an output',
      '${{ steps.read.output.ent<|>ty }}',
      'entity',
      '${{ steps.read.output.entity }}',
    ],
    [
      'of all outputs',
      '${{ steps.read.out<|>put_.entity }}',
      'output',
      '${{ steps.read.output.entity }}',
    ],
    [
      'that needs brackets',
      '${{ parameters.repo_ur<|>l }}',
      'repo-url',
      "${{ parameters['repo-url'] }}",
    ],
    [
      'that needs brackets, in double quotes',
      '"${{ parameters.repo_ur<|>l }}"',
      'repo-url',
      `"\${{ parameters['repo-url'] }}"`,
    ],
    [
      'that needs brackets, in single quotes',
      "'${{ parameters.repo_ur<|>l }}'",
      'repo-url',
      `'\${{ parameters["repo-url"] }}'`,
    ],
    [
      'parsed as a subtraction',
      '${{ steps.fet<|>ch-base.output.entity }}',
      "steps['fetch-base']",
      "${{ steps['fetch-base'].output.entity }}",
    ],
  ])('fix a name %s', async (_, before, name, after) => {
    for (const end of ['\n', '\r\n']) {
      const text = template(before).replaceAll('\n', end);
      const actions = await offered({ text });
      const title = `Change to "${name}"`;
      expect(actions.find(title).isPreferred).toBe(true);
      expect(actions.text(title)).toBe(template(after).replaceAll('\n', end));
      const left = await actions.codesAfter(title);
      expect(left.filter(code => /expression|filter/.test(code))).toEqual([]);
    }
  });

  it.each([
    ['${{ parameters.name <|>&& user.ref }}', '&&', 'and', '${{ parameters.name and user.ref }}'],
    ['${{ parameters.name<|>||user.ref }}', '||', 'or', '${{ parameters.name or user.ref }}'],
    ['"${{ <|>!parameters.name }}"', '!', 'not', '"${{ not parameters.name }}"'],
    [
      "${{ 'a && b' <|>&& parameters.name&&user.ref }} && ${{ user.ref }}",
      '&&',
      'and',
      "${{ 'a && b' and parameters.name and user.ref }} && ${{ user.ref }}",
    ],
  ])('replace %s with words', async (before, written, word, after) => {
    const actions = await offered({ text: template(before) });
    expect(actions.codes).toContain('expression-syntax');
    const title = `Change "${written}" to "${word}"`;
    expect(actions.text(title)).toBe(template(after));
    expect(await actions.codesAfter(title)).not.toContain('expression-syntax');
  });

  it('offer nothing for other syntax errors', async () => {
    const { titles } = await offered({ text: template('${{ parameters.name <|>? 1 : 2 }}') });
    expect(titles.filter(title => title.startsWith('Change'))).toEqual([]);
  });
});

function isFix(title: string): boolean {
  return !title.startsWith('Ignore');
}

describe('Fixes in a skeleton file of any language', () => {
  let workspace: LanguageWorkspace;
  beforeAll(async () => {
    workspace = await openLanguageWorkspace({
      'template.yaml': aTemplate({ input: '          repo-url: x\n' }),
      'skeleton/README.md': '',
    });
  });
  afterAll(() => workspace.dispose());

  async function fixesAt(path: string, marked: string): Promise<OfferedActions> {
    const request = workspace.actions(path, marked);
    const { catalog } = workspace;
    await catalog.write({ [path]: request.text.text });
    await catalog.engine.whenInspected();
    const problems = catalog.problems(path);
    return new OfferedActions(workspace, path, await actionsAt({ ...request, problems }));
  }

  it.each([
    ['const a = "${{ values.n<|>me }}";\n', 'name', 'const a = "${{ values.name }}";\n'],
    ["# ${{ value<|>s_.name | upper }}\r\n'", 'values', "# ${{ values.name | upper }}\r\n'"],
    ['{{ x }} ${{ values.name | upp<|>r }}', 'upper', '{{ x }} ${{ values.name | upper }}'],
    ["it's ${{ values.repo_ur<|>l }}", 'repo-url', "it's ${{ values['repo-url'] }}"],
    ['{% set x = values.na<|>em %}\n', 'name', '{% set x = values.name %}\n'],
  ])('fix a name in %s', async (before, name, after) => {
    const actions = await fixesAt('skeleton/README.md', before);
    const title = `Change to "${name}"`;
    expect(actions.find(title)).toMatchObject({ kind: 'quickfix', isPreferred: true });
    expect(actions.text(title)).toBe(after);
  });

  it.each([
    [
      'ref: ${{ git<|>hub.head_ref }} # ${{ values.name }}\n',
      'ref: {% raw %}${{ github.head_ref }}{% endraw %} # ${{ values.name }}\n',
    ],
    [
      '${{ values.name }}${{ se<|>crets.A }}',
      '${{ values.name }}{% raw %}${{ secrets.A }}{% endraw %}',
    ],
  ])('wrap an expression of another tool in raw: %s', async (before, after) => {
    const actions = await fixesAt('skeleton/.github/ci.yml', before);
    const title = 'Wrap the expression in {% raw %}';
    expect(actions.titles.filter(isFix)).toEqual([title]);
    expect(actions.text(title)).toBe(after);
    const left = await fixesAt(
      'skeleton/.github/ci.yml',
      `${after.slice(0, 20)}<|>${after.slice(20)}`,
    );
    expect(left.titles.filter(isFix)).toEqual([]);
  });

  it("don't wrap a statement", async () => {
    const { titles } = await fixesAt('skeleton/a.md', '{% set x = git<|>hub.ref %}');
    expect(titles.filter(isFix)).toEqual([]);
  });

  it('replace operators with words', async () => {
    const actions = await fixesAt(
      'skeleton/a.sh',
      'a && b ${{ values.name <|>&& values.name }} && c',
    );
    expect(actions.text('Change "&&" to "and"')).toBe(
      'a && b ${{ values.name and values.name }} && c',
    );
  });
});
