import { describe, expect, it } from 'vitest';
import { offered, type OfferedActions } from '../../../../support/codeActions';
import { aDescriptor } from '../../../../support/descriptors';

const HEAD = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: shop
spec:
  owner: team
  type: service
  parameters:
    - title: About it
      required: [repoUrl]
      properties:
        repoUrl: { type: string }
        repo_visibility: { type: string }
  steps:
`;
const PUBLISH = `    - id: publish
      action: publish:github
      input:
        repoUrl: \${{ parameters.repoUrl }}
        repoVisibility: \${{ parameters.repo_visibility }}
`;
const files = { 'team.yaml': aDescriptor('group:team'), 'skeleton/a.txt': '' };

/** A step that is an alternative to another one with the same id. */
const alternative = (name: string): string =>
  PUBLISH.replace('id: publish', `id: publish\n      if: \${{ parameters.${name} }}`);

/** Also with Windows line ends. */
async function fixes(
  marked: string,
  check: (actions: OfferedActions, withEnds: (text: string) => string) => Promise<void> | void,
): Promise<void> {
  for (const lineEnd of ['\n', '\r\n']) {
    const withEnds = (text: string): string => text.replaceAll('\n', lineEnd);
    await check(await offered({ files, text: withEnds(marked) }), withEnds);
  }
}

async function codesAfter(actions: OfferedActions, title: string): Promise<readonly string[]> {
  const codes = await actions.codesAfter(title);
  return codes.filter(code => code === 'invalid-action-input');
}

describe('fix that adds a required input', () => {
  it.each([
    [
      'from the parameter of its name',
      `${HEAD}    - id: publish # p\n      action: publish:github\n      inp<|>ut: # i\n        repoVisibility: \${{ parameters.repo_visibility }} # v\n`,
      'repoUrl: ${{ parameters.repoUrl }}',
      `${HEAD}    - id: publish # p\n      action: publish:github\n      input: # i\n        repoVisibility: \${{ parameters.repo_visibility }} # v\n        repoUrl: "\${{ parameters.repoUrl }}"\n`,
    ],
    [
      'to a step without any',
      `${HEAD}    - action: publi<|>sh:github\n      id: publish\n${PUBLISH.replace('publish', 'other')}`,
      'repoUrl: ${{ parameters.repoUrl }}',
      `${HEAD}    - action: publish:github\n      id: publish\n      input:\n        repoUrl: "\${{ parameters.repoUrl }}"\n${PUBLISH.replace('publish', 'other')}`,
    ],
    [
      'from the output of its name, at the end of the file',
      `${HEAD}${PUBLISH}    - id: register\n      action: catalog:register\n      in<|>put: { optional: true }`,
      'repoContentsUrl: ${{ steps.publish.output.repoContentsUrl }}',
      `${HEAD}${PUBLISH}    - id: register\n      action: catalog:register\n      input: { optional: true, repoContentsUrl: "\${{ steps.publish.output.repoContentsUrl }}" }`,
    ],
    [
      'with the folder that skeletons have',
      `${HEAD}    - action: fetch:temp<|>late\n`,
      'url: ./skeleton',
      `${HEAD}    - action: fetch:template\n      input:\n        url: ./skeleton\n`,
    ],
  ])('adds it %s', async (_, before, added, after) => {
    await fixes(before, async (actions, withEnds) => {
      const title = `Add ${added}`;
      expect(actions.titles).toContain(title);
      expect(actions.find(title)).toMatchObject({ kind: 'quickfix' });
      expect(actions.find(title).diagnostics).toHaveLength(1);
      expect(actions.text(title)).toBe(withEnds(after));
      expect(await codesAfter(actions, title)).not.toContain('invalid-action-input');
    });
  });

  it('adds it with a parameter to create if there is none', async () => {
    const text = `${HEAD}    - action: publish:gitl<|>ab\n`.replaceAll('repoUrl', 'other');
    const actions = await offered({ files, text });
    const title = 'Add repoUrl: ${{ parameters.repoUrl }}';
    expect(await actions.codesAfter(title)).toContain('unresolved-expression');
  });
});

describe('fix that converts an input to its type', () => {
  const input = (line: string): string => `${HEAD}${PUBLISH}        ${line}\n`;
  it.each([
    ['a text', 'description: 1<|>2 # c', 'Change to text: "12"', 'description: "12" # c'],
    [
      'a truth',
      "deleteBranchOnMerge: 'tr<|>ue' # c",
      'Change to true',
      'deleteBranchOnMerge: true # c',
    ],
    [
      'a list',
      'topics: or<|>ders, shop',
      'Change to a list',
      'topics:\n          - orders\n          - shop',
    ],
  ])('converts to %s', async (_, before, title, after) => {
    await fixes(input(before), async (actions, withEnds) => {
      expect(actions.find(title).isPreferred).toBe(true);
      expect(actions.text(title)).toBe(withEnds(input(after)));
      expect(await codesAfter(actions, title)).toEqual([]);
    });
  });

  it.each([
    ['access: a\n        repoVisib<|>ility: privat', ['private']],
    ['access: a\n        repoVisib<|>ility: secret', ['private', 'public', 'internal']],
  ])('suggests allowed values: %s', async (line, values) => {
    const text = input(line).replace(/ {8}repoVisibility: \$.*\n/, '');
    const actions = await offered({ files, text });
    const titles = actions.titles.filter(title => title.startsWith('Change'));
    expect(titles).toEqual(values.map(value => `Change to "${value}"`));
    for (const title of titles) expect(await codesAfter(actions, title)).toEqual([]);
  });
});

describe('fix that removes an unknown or empty input', () => {
  it.each([
    ['allowedHo<|>sts: [github.com] # c', 'allowedHosts'],
    ['description:<|> # none yet', 'description'],
  ])('removes %s', async (line, name) => {
    await fixes(`${HEAD}${PUBLISH}        ${line}\n`, async (actions, withEnds) => {
      const title = `Remove ${name}`;
      expect(actions.text(title)).toBe(withEnds(`${HEAD}${PUBLISH}`));
      expect(await codesAfter(actions, title)).toEqual([]);
    });
  });
});

describe('fixes of steps and parameters', () => {
  it('change the id of a duplicate step', async () => {
    const text = `${HEAD}${PUBLISH}${PUBLISH.replace('id: publish', 'id: "publ<|>ish"')}`;
    await fixes(text, async (actions, withEnds) => {
      const title = 'Change to "publish-2"';
      expect(actions.text(title)).toBe(withEnds(text.replace('publ<|>ish', 'publish-2')));
      expect(await actions.codesAfter(title)).not.toContain('duplicate-step-id');
    });
  });

  it('give each of several steps another id', async () => {
    const second = PUBLISH.replace('id: publish', 'id: publish # second');
    const third = PUBLISH.replace('id: publish', 'id: publ<|>ish # third');
    const text = `${HEAD}${PUBLISH}${second}${third}${PUBLISH.replace('publish', 'publish-2')}`;
    await fixes(text, async (actions, withEnds) => {
      const title = 'Change to "publish-4"';
      expect(actions.titles.filter(other => other.startsWith('Change'))).toEqual([title]);
      expect(actions.text(title)).toBe(withEnds(text.replace('publ<|>ish', 'publish-4')));
    });
    const alone = `${HEAD}${alternative('a')}${alternative('b')}${third}`;
    await fixes(alone, actions => {
      expect(actions.titles).toContain('Change to "publish-2"');
    });
  });

  it.each([
    ['a step', '        description: "${{ parameters.serviceNa<|>me }}"\n'],
    ['another place', '        secrets: { a: "${{ parameters.serviceNa<|>me.b | upper }}" }\n'],
  ])('add a parameter that %s uses', async (_, line) => {
    const text = `${HEAD}${PUBLISH}${line}`;
    await fixes(text, async (actions, withEnds) => {
      const title = 'Add parameter serviceName';
      expect(actions.text(title)).toBe(
        withEnds(
          text
            .replace('<|>', '')
            .replace(
              '  steps:',
              '        serviceName:\n          title: Service Name\n          type: string\n  steps:',
            ),
        ),
      );
      expect(await actions.codesAfter(title)).not.toContain('unresolved-expression');
    });
  });

  it('add the first page of a form', async () => {
    const head = HEAD.replace(/ {2}parameters:[^]*(?= {2}steps)/, '');
    const text = `${head}${PUBLISH.replace('parameters.repoUrl', 'parameters.repo<|>Url')}`;
    const actions = await offered({ files, text });
    expect(actions.text('Add parameter repoUrl')).toContain(
      '  parameters:\n    properties:\n      repoUrl:\n        title: Repo Url\n        type: string\n',
    );
  });

  it('add a required parameter', async () => {
    const text = `${HEAD}${PUBLISH}`.replace('[repoUrl]', '[repoUrl, serviceNa<|>me]');
    await fixes(text, async (actions, withEnds) => {
      const title = 'Add parameter serviceName';
      expect(actions.text(title)).toBe(
        withEnds(
          text
            .replace('<|>', '')
            .replace(
              '  steps:',
              '        serviceName:\n          title: Service Name\n          type: string\n  steps:',
            ),
        ),
      );
      expect(await actions.codesAfter(title)).not.toContain('unknown-required-parameter');
    });
  });
});
