import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aComponent, aDescriptor } from '../../../../support/descriptors';
import { callboard } from '../../../cli/capture';

let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'callboard-'));
  mkdirSync(join(cwd, 'catalog/.vscode'), { recursive: true });
  const files = {
    'shop.yaml': aComponent('shop', { dependsOn: ['resource:orders'], system: 'sales' }),
    'sales.yaml': aDescriptor('system:sales'),
    'other.yaml': aDescriptor('system:web/sales'),
    'team.yaml': aDescriptor('group:team', {}, { title: 'The Team' }),
    'host.yaml':
      'apiVersion: example.com/v1\nkind: Host\nmetadata:\n  name: one\nspec:\n  runs: [shop]\n',
    '.vscode/settings.json': JSON.stringify({
      'callboard.catalog.customKinds': [
        {
          kind: 'Host',
          apiVersions: ['example.com/v1'],
          relations: [
            { field: 'spec.runs', type: 'runs', inverse: 'runsOn', defaultKind: 'Component' },
          ],
        },
      ],
    }),
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(cwd, 'catalog', path), text);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const run = (line: string): ReturnType<typeof callboard> =>
  callboard(['graph', ...line.split(' ')], { cwd });

async function center(ref: string): Promise<unknown> {
  const { stdout } = await run(`${ref} catalog --format json`);
  return (JSON.parse(stdout) as { center: string }).center;
}

describe('`callboard graph`', () => {
  it('prints Mermaid by default', async () => {
    const { code, stdout, stderr } = await run('shop catalog --relations partOf,runsOn');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      'flowchart LR',
      '  n0["component:shop"]',
      '  n1["host:one"]',
      '  n2["system:sales"]',
      '  n0 -->|"partOf"| n2',
      '  n1 -->|"runs"| n0',
    ]);
    expect((await run('shop catalog --format dot')).stdout).toMatch(/^digraph catalog \{\n/);
  });

  it('prints nodes and edges as JSON', async () => {
    const { stdout } = await run('team catalog --format json');
    expect(JSON.parse(stdout)).toMatchObject({
      center: 'group:default/team',
      direction: 'both',
      nodes: [
        { ref: 'component:default/shop', title: null, isMissing: false, distance: 1 },
        { ref: 'group:default/team', title: 'The Team', distance: 0, file: 'team.yaml', line: 4 },
        { ref: 'system:default/sales', distance: 1 },
      ],
      edges: expect.arrayContaining([
        {
          source: 'component:default/shop',
          type: 'ownedBy',
          target: 'group:default/team',
          inverse: 'ownerOf',
        },
      ]),
    });
  });

  it('draws the catalog in Backstage mode', async () => {
    const { stdout } = await run('shop catalog --location catalog/shop.yaml --format json');
    const { nodes } = JSON.parse(stdout) as { nodes: { ref: string; isMissing: boolean }[] };
    expect(nodes).toContainEqual(
      expect.objectContaining({ ref: 'group:default/team', isMissing: true }),
    );
  });

  it.each([
    ['component:default/shop', 'component:default/shop'],
    ['Component:Shop', 'component:default/shop'],
    ['shop', 'component:default/shop'],
    ['system:sales', 'system:default/sales'],
    ['web/sales', 'system:web/sales'],
    ['resource:orders', 'resource:default/orders'],
  ])('resolves %s to %s', async (written, ref) => {
    expect(await center(written)).toBe(ref);
  });

  it.each([
    ['sales catalog', '"sales" may mean system:default/sales or system:web/sales'],
    ['shopp catalog', 'no entity "shopp". Did you mean component:default/shop?'],
    ['api:none catalog', 'There is no entity "api:none"'],
    [':x catalog', 'was not on the form'],
    ['shop none', "Folder none doesn't exist"],
    ['shop catalog --depth -1', '--depth needs a value'],
    ['shop catalog --depth=x', '--depth must be a number from 0, not "x"'],
    ['shop catalog --relations none', 'Unknown relation "none". Available: ownedBy'],
    ['--format dot', 'graph REF'],
  ])('exits with 2 on invalid usage: %s', async (line, message) => {
    const { code, stdout, stderr } = await run(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
