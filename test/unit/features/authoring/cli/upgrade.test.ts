import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NodeOutputFolder } from '../../../../../src/platform/node/files/nodeOutputFolder';
import { writeFiles } from '../../../../support/folders';
import { useTemporaryFolder } from '../../../../support/temporaryFolder';
import { callboard } from '../../../cli/capture';

const TEMPLATE = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: service # kept
spec:
  EXPERIMENTAL_formDecorators: []
  steps:
    - action: github:repo:create
      input:
        repoUrl: github.com?owner=a&repo=b
        sourcePath: .
    - action: publish:bitbucket
      input:
        repoUrl: \${{ parameters.repoUrl }}
`;

const CONFIG = `integrations:
  azure:
    - host: dev.azure.com
      token: s3cret
`;

let folder: string;
useTemporaryFolder(path => (folder = path));
beforeEach(() => {
  writeFiles(folder, {
    'template.yaml': TEMPLATE,
    'app-config.yaml': CONFIG,
    'other.yaml': 'integrations:\n  bitbucket: []\n',
    'skeleton/catalog-info.yaml':
      'metadata:\n  annotations:\n    backstage.io/github-actions-id: a/b\n{% if x %}\n',
  });
});

const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

describe('`callboard upgrade`', () => {
  it('prints the changes without writing files', async () => {
    const { code, stdout } = await callboard(['upgrade', folder]);
    expect(code).toBe(1);
    expect(stdout).toBe(`app-config.yaml
  4:7  token: use credentials (1.18, @backstage/integration 1.7.0)
    --- app-config.yaml
    +++ app-config.yaml
    @@ -1,4 +1,5 @@
     integrations:
       azure:
         - host: dev.azure.com
    -      token: …
    +      credentials:
    +        - { personalAccessToken: … }

template.yaml
  6:3  EXPERIMENTAL_formDecorators: use formDecorators (1.51, @backstage/plugin-scaffolder-common 2.2.0)
  11:9  sourcePath of github:repo:create: remove it, because the action always ignored it; github:repo:push has most of these inputs (1.55, @backstage/plugin-scaffolder-backend-module-github 0.10.0)
  12:15  by hand: publish:bitbucket: use publish:bitbucketCloud or publish:bitbucketServer (1.2, @backstage/plugin-scaffolder-backend 1.2.0)
    --- template.yaml
    +++ template.yaml
    @@ -3,12 +3,11 @@
     metadata:
       name: service # kept
     spec:
    -  EXPERIMENTAL_formDecorators: []
    +  formDecorators: []
       steps:
         - action: github:repo:create
           input:
             repoUrl: github.com?owner=a&repo=b
    -        sourcePath: .
         - action: publish:bitbucket
           input:
             repoUrl: \${{ parameters.repoUrl }}

3 changes in 2 files to write with --write. 1 place to change by hand.
1 file with template syntax or errors not checked.
`);
    expect(read('template.yaml')).toBe(TEMPLATE);
  });

  it('writes the files', async () => {
    const { stdout } = await callboard(['upgrade', folder, '--write']);
    expect(stdout).toContain('3 changes in 2 files written. 1 place to change by hand.');
    expect(read('template.yaml')).toBe(
      TEMPLATE.replace('EXPERIMENTAL_form', 'form').replace('        sourcePath: .\n', ''),
    );
    expect(read('app-config.yaml')).toBe(
      CONFIG.replace('token: s3cret', 'credentials:\n        - { personalAccessToken: s3cret }'),
    );
    const second = await callboard(['upgrade', folder, '--write']);
    expect(second.stdout).toContain('Nothing to change. 1 place to change by hand.');
  });

  it('applies what changed between two releases', async () => {
    const { code, stdout } = await callboard([
      'upgrade',
      '--from=1.40.2',
      '--to=1.52',
      '--format=json',
      folder,
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      to: '1.52',
      files: [
        { file: 'skeleton/catalog-info.yaml', parts: [], partlyUnread: true },
        {
          file: 'template.yaml',
          parts: [{ rule: 'form-decorators', since: '1.51', changed: true }],
          written: false,
        },
      ],
    });
  });

  it('keeps a file that changes after it was read', async () => {
    const find = vi.spyOn(NodeOutputFolder.prototype, 'find');
    find.mockImplementation(async path => {
      writeFileSync(join(folder, path), 'changed: meanwhile\n');
      return { type: 'file', isExecutable: false };
    });
    const { code, stdout } = await callboard(['upgrade', folder, '--write']);
    find.mockRestore();
    expect(read('template.yaml')).toBe('changed: meanwhile\n');
    expect(stdout).toContain('Not written: the file has changed since it was read');
    expect(code).toBe(1);
  });

  it('prints no secret, however it is written', async () => {
    writeFiles(folder, {
      'app-config.yaml': `proxy:
  headers:
    Authorization: Bearer s3cret
integrations:
  azure:
    - { host: a, "token": "s3cret" }
    - host: b
      token: "two s3cret"
    - host: c
      token: |
        s3cret
        s3cret
    - host: d
      token: \${TOKEN}
`,
    });
    const { stdout } = await callboard(['upgrade', folder]);
    expect(stdout).not.toContain('s3cret');
    expect(stdout).toContain('token: ${TOKEN}');
  });

  it('keeps the byte order mark of a file', async () => {
    writeFileSync(join(folder, 'template.yaml'), `\uFEFF${TEMPLATE}`);
    await callboard(['upgrade', folder, '--write']);
    expect(read('template.yaml')).toMatch(/^\uFEFFapiVersion[^]*\n {2}formDecorators:/);
  });

  it('names files in another encoding as not checked', async () => {
    writeFileSync(join(folder, 'latin.yaml'), Buffer.from('name: \u00e9\n', 'latin1'));
    const { stdout } = await callboard(['upgrade', folder, '--format=json']);
    expect(JSON.parse(stdout)).toMatchObject({
      files: expect.arrayContaining([
        expect.objectContaining({ file: 'latin.yaml', partlyUnread: true, written: false }),
      ]),
    });
  });

  it('reads and writes through no link', async () => {
    symlinkSync(join(folder, 'template.yaml'), join(folder, 'linked.yaml'));
    const { stdout } = await callboard(['upgrade', folder, '--write']);
    expect(stdout).not.toContain('linked.yaml');
    expect(statSync(join(folder, 'linked.yaml')).isFile()).toBe(true);
  });

  it.each([
    [['upgrade', '--from', 'old'], '--from must be a release such as 1.40, or latest, not "old"'],
    [['upgrade', '/no/such/folder'], "Folder /no/such/folder doesn't exist"],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await callboard(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
