import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callboard } from '../../../cli/capture';

let cwd: string;

const template = (metadata: string, spec: string): string =>
  `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: ${metadata}
spec: ${spec}
`;

const files: Readonly<Record<string, string>> = {
  'a/template.yaml': template(
    '{ name: service, title: A service, tags: [go, small] }',
    '{ type: service, owner: crew, steps: [] }',
  ),
  'b/template.yaml': template('{ name: site, namespace: web }', '{ type: website, steps: [] }'),
  'b/catalog-info.yaml':
    'apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: { name: d }\nspec: { owner: crew }\n',
};

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'callboard-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const list = (...args: string[]): ReturnType<typeof callboard> =>
  callboard(['template', 'list', ...args], { cwd });

describe('callboard template list', () => {
  it('prints a table', async () => {
    expect(await list()).toEqual({
      code: 0,
      stdout: `  TEMPLATE  TITLE      OWNER  TYPE     TAGS       FILE
  service   A service  crew   service  go, small  a/template.yaml
  web/site                    website             b/template.yaml

2 templates
`,
      stderr: '',
    });
  });

  it('prints JSON', async () => {
    const { stdout } = await list('a', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual({
      templates: [
        {
          ref: 'template:default/service',
          title: 'A service',
          owner: 'crew',
          type: 'service',
          tags: ['go', 'small'],
          file: 'template.yaml',
          shipped: false,
        },
      ],
    });
  });

  it('reports that there are no templates', async () => {
    rmSync(join(cwd, 'none'), { recursive: true, force: true });
    mkdirSync(join(cwd, 'none'));
    const { code, stdout } = await list('none');
    expect([code, stdout]).toEqual([
      0,
      'No templates found. --all lists those that come with Callboard.\n',
    ]);
  });

  it.each([
    [['zzz'], "Folder zzz doesn't exist"],
    [['b/template.yaml'], "Folder b/template.yaml doesn't exist"],
    [['--format', 'junit'], '--format must be one of table, json, not "junit"'],
  ])('rejects %j', async (args, message) => {
    const { code, stderr } = await list(...args);
    expect([code, stderr.split('\n')[0]]).toEqual([2, `callboard: ${message}`]);
  });
});
