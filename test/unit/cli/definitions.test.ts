import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { aDescriptor, documents } from '../../support/descriptors';
import { TestRepository } from '../../support/gitRepository';
import { useTemporaryFolder } from '../../support/temporaryFolder';
import { callboard } from './capture';

const broken = `openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders:
    get:
      sumary: All of them
`;
const fixed = broken.replace('sumary', 'summary');
const catalog = documents(
  aDescriptor('group:default/team-a'),
  aDescriptor('api:a', { owner: 'team-a', type: 'openapi', definition: { $text: './a.yaml' } }),
);

let folder: string;
let repository: TestRepository;

useTemporaryFolder(path => (folder = path));
beforeEach(() => {
  repository = new TestRepository(join(folder, 'repository'));
});

async function validate(...args: readonly string[]): Promise<{ code: number; lines: string[] }> {
  const { code, stdout } = await callboard(['validate', '--format', 'unix', ...args], {
    cwd: repository.folder,
  });
  return { code, lines: stdout.split('\n').filter(line => line.includes('definition-')) };
}

const line = 'a.yaml:6:7: warning: The property "sumary" is not expected here [definition-invalid]';

describe('callboard validate for API definitions', () => {
  it("reports their problems as warnings, which don't fail", async () => {
    repository.write({ 'catalog-info.yaml': catalog, 'a.yaml': broken });
    expect(await validate()).toEqual({ code: 0, lines: [line] });
    expect(await validate('--max-warnings', '0')).toEqual({ code: 1, lines: [line] });
    repository.write({ 'a.yaml': fixed });
    expect(await validate('--max-warnings', '0')).toEqual({ code: 0, lines: [] });
  });

  it('applies settings', async () => {
    repository.write({
      'catalog-info.yaml': catalog,
      'a.yaml': broken,
      '.vscode/settings.json': JSON.stringify({
        'callboard.problems.severity': { 'definition-invalid': 'error' },
      }),
    });
    expect(await validate()).toEqual({ code: 1, lines: [line.replace('warning', 'error')] });
  });

  it('reports definition problems that a branch introduces', async () => {
    repository.commit({ 'catalog-info.yaml': catalog, 'a.yaml': fixed });
    repository.git('checkout', '--quiet', '-b', 'feature');
    repository.write({ 'a.yaml': broken });
    expect(await validate('--changed-since', 'main')).toEqual({ code: 0, lines: [line] });
    repository.commit({ 'a.yaml': broken });
    repository.git('checkout', '--quiet', '-b', 'next');
    expect(await validate('--changed-since', 'feature')).toEqual({ code: 0, lines: [] });
  });
});
