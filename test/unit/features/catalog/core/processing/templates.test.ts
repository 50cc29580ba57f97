import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../../../../src/base';
import type { Problem } from '../../../../../../src/model';
import { aDescriptor } from '../../../../../support/descriptors';
import { openCatalog } from '../../../../../support/testCatalog';
import { growth, LINEAR } from '../../../../../support/growth';

const HEAD = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: service
spec:
  type: service
`;

/** A template with one of each mistake. */
const MISTAKEN = `${HEAD}  parameters:
    - title: About
      required: [nme]
      properties:
        name: { type: string }
  steps:
    - id: fetch
      action: fetch:template
      if: parameters.name
      input:
        url: ./skeleton
        values:
          a: "\${{ parameters.\\"nme\\" }}"
          b: >-
            folded
            \${{ parameters.nme }}
          c: 'it''s \${{ parameters.name | uper }}'
    - id: fetch
      action: acme:own
      each: 5
`;

/** The text at a problem's range. */
function textOf(text: string, { range }: Problem): string {
  const offset = ({ line, character }: Problem['range']['start']): number =>
    new LineIndex(text).offsetOfLine(line) + character;
  return text.slice(offset(range.start), offset(range.end));
}

describe('Template in the catalog', () => {
  it('has its mistakes reported at their exact position', async () => {
    const catalog = await openCatalog({ 'template.yaml': MISTAKEN });
    const reported = catalog
      .problems()
      .map(problem => `${problem.severity} ${problem.code}: ${textOf(MISTAKEN, problem)}`);
    expect(reported).toEqual([
      'warning unknown-required-parameter: nme',
      'warning invalid-step-condition: parameters.name',
      'warning template-source-missing: ./skeleton',
      'warning expression-syntax: \\"nme\\"',
      'warning unresolved-expression: nme',
      'warning unknown-filter: uper',
      'warning duplicate-step-id: fetch',
      'hint unknown-action: acme:own',
      'warning invalid-step-condition: 5',
    ]);
    expect(catalog.problems()[0]).toMatchObject({
      entityRef: 'template:default/service',
      suggestions: ['name'],
    });
  });

  it('is checked in linear time despite thousands of errors in one text', async () => {
    const check = async (errors: number): Promise<void> => {
      const lines = '            ${{ parameters.nme }}\n'.repeat(errors);
      const text = MISTAKEN.replace('            folded\n', lines);
      const problems = (await openCatalog({ 'template.yaml': text })).problems();
      expect(problems.length).toBeGreaterThan(errors);
    };
    expect(await growth(check, 1000)).toBeLessThan(LINEAR);
  });

  it('has unused parameters reported', async () => {
    const text = `${HEAD}  parameters: { properties: { name: {} } }\n  steps: []\n`;
    const [problem] = (await openCatalog({ 'template.yaml': text })).problems();
    expect(problem).toMatchObject({ code: 'unused-parameter', severity: 'hint' });
    expect(problem && textOf(text, problem)).toBe('name');
  });

  it('has its mistakes reported even while invalid', async () => {
    const text = MISTAKEN.replace('  type: service\n', '');
    const catalog = await openCatalog({ 'template.yaml': text });
    expect(catalog.codes()).toEqual(expect.arrayContaining(['invalid-spec', 'unknown-action']));
  });

  it("isn't checked in a skeleton", async () => {
    const text = MISTAKEN.replace('name: service', 'name: ${{ values.name }}');
    expect((await openCatalog({ 'template.yaml': text })).codes()).toEqual([]);
  });

  it('can use actions from settings', async () => {
    const catalog = await openCatalog(
      { 'template.yaml': `${HEAD}  steps: [{ action: acme:own }, { action: other:own }]\n` },
      { options: { scaffolderActions: ['acme:*'] } },
    );
    expect(catalog.messages()).toEqual(["Template action with ID 'other:own' is not registered"]);
  });

  it('can use actions of plugins after the next refresh', async () => {
    const catalog = await openCatalog({
      'template.yaml': `${HEAD}  steps: [{ action: acme:own }, { action: other:own }]\n`,
    });
    const { engine } = catalog;
    let reported = 0;
    engine.onDidChangeTemplateActions(() => reported++);
    const options = engine.options;
    const read = async (ids: readonly string[]): Promise<readonly string[]> => {
      engine.setTemplateActions(ids.map(id => ({ id, handler: () => Promise.resolve() })));
      engine.setOptions(options);
      await engine.refresh();
      return catalog.messages();
    };
    const unknown = (id: string): string => `Template action with ID '${id}' is not registered`;
    expect(await read(['acme:own'])).toEqual([unknown('other:own')]);
    expect(await read([])).toEqual([unknown('acme:own'), unknown('other:own')]);
    expect(reported).toBe(2);
  });

  it('can have problems ignored by a comment', async () => {
    const text = `${HEAD}  steps:
    - action: acme:own # callboard-disable-line unknown-action\n`;
    expect((await openCatalog({ 'template.yaml': text })).codes()).toEqual([]);
  });
});

describe('template-source-missing', () => {
  const fetching = (url: string, annotation = ''): string =>
    HEAD.replace('  name: service\n', `  name: service\n${annotation}`) +
    `  steps: [{ action: fetch:plain, input: { url: "${url}" } }]\n`;

  it.each([
    ['./skeleton', 'a/skeleton/a.txt'],
    ['skeleton', 'a/skeleton/a.txt'],
    ['../other', 'other/a.txt'],
    ['./skeletons/${{ user.ref }}', 'a/skeletons/a/a.txt'],
    ['.', 'other.txt'],
    ['${{ user.ref }}', 'other.txt'],
    ['https://example.com/a', 'other.txt'],
  ])("isn't reported for %s", async (url, file) => {
    const catalog = await openCatalog({ 'a/template.yaml': fetching(url), [file]: 'text' });
    expect(catalog.messages()).toEqual([]);
  });

  it.each([
    ['./skeleton', './skeleton leads to nothing that is there'],
    ['./skeletons/${{ user.ref }}', './skeletons leads to nothing that is there'],
    ['../..', '../.. leads out of the repository'],
  ])('is reported for %s', async (url, message) => {
    const catalog = await openCatalog({ 'a/template.yaml': fetching(url) });
    expect(catalog.messages()).toEqual([message]);
  });

  it("isn't reported for actions of plugins, which may resolve paths differently", async () => {
    const text = fetching('charts/api').replace('fetch:plain', 'fetch:acme');
    const catalog = await openCatalog(
      { 'template.yaml': text },
      { options: { scaffolderActions: ['fetch:*'] } },
    );
    expect(catalog.messages()).toEqual([]);
  });

  it("isn't reported for a template whose source is elsewhere", async () => {
    const source =
      '  annotations: { backstage.io/source-location: "url:https://example.com/a/" }\n';
    const catalog = await openCatalog({ 'template.yaml': fetching('./skeleton', source) });
    expect(catalog.messages()).toEqual([]);
  });

  it('follows the creation and deletion of its folder', async () => {
    const catalog = await openCatalog({ 'template.yaml': fetching('./skeleton') });
    await catalog.write({ 'skeleton/README.md': '# A' });
    expect(catalog.codes()).toEqual([]);
    await catalog.remove('skeleton');
    expect(catalog.codes()).toEqual(['template-source-missing']);
  });
});

describe('Incomplete template', () => {
  it('gives problems within its text after any cut', async () => {
    const catalog = await openCatalog({});
    const whole = aDescriptor('group:team') + '---\n' + MISTAKEN;
    const at = fc.nat(whole.length);
    const cut = fc.tuple(
      at,
      at,
      fc.constantFrom('', '${{ ', ' }}', '{% if ', '"', "'", '\n', ': '),
    );
    await fc.assert(
      fc.asyncProperty(cut, async ([from, to, between]) => {
        const text = whole.slice(0, Math.min(from, to)) + between + whole.slice(Math.max(from, to));
        await catalog.write({ 'template.yaml': text });
        const lines = text.split('\n');
        for (const { range } of catalog.problems()) {
          for (const { line, character } of [range.start, range.end]) {
            expect(character).toBeLessThanOrEqual(lines[line]?.length ?? -1);
          }
        }
        expect(catalog.codes()).not.toContain('file-not-read');
      }),
    );
  });
});
