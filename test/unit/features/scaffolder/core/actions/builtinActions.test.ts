import { describe, expect, it } from 'vitest';
import { MemoryWorkspace } from '../../../../../../src/features/scaffolder/core';
import type { JsonObject } from '../../../../../../src/model';
import { runTemplate, textsOf, WORKSPACE } from '../../../../../support/templateRuns';

/** Runs one step in a workspace with `a.txt`, `b.txt` and `folder/c.txt`, with the same files beside the template. */
async function run(action: string, input: JsonObject) {
  const files = { 'a.txt': 'a', 'b.txt': 'b', 'folder/c.txt': 'c' };
  const workspace = new MemoryWorkspace(WORKSPACE);
  for (const [path, text] of Object.entries(files)) {
    workspace.writeFile(path, new TextEncoder().encode(text));
  }
  const template = JSON.stringify({ steps: [{ id: 'a', action, input }] });
  const result = await runTemplate({ template, files, workspace, isDryRun: false });
  return { ...result, texts: textsOf(result.files), output: result.steps[0]?.output };
}

describe('Action in a workspace', () => {
  it.each<[string, JsonObject, string]>([
    [
      'fs:rename',
      { files: [{ from: 'none', to: 'x' }] },
      `ENOENT: no such file or directory, lstat '${WORKSPACE}/none'`,
    ],
    [
      'fs:rename',
      { files: [{ from: 'a.txt', to: './a.txt' }] },
      'Source and destination must not be the same.',
    ],
    [
      'fs:rename',
      { files: [{ from: 'folder', to: 'a.txt', overwrite: true }] },
      `Cannot overwrite non-directory '${WORKSPACE}/a.txt' with directory '${WORKSPACE}/folder'.`,
    ],
    [
      'fs:rename',
      { files: [{ from: 'a.txt', to: 'folder', overwrite: true }] },
      `Cannot overwrite directory '${WORKSPACE}/folder' with non-directory '${WORKSPACE}/a.txt'.`,
    ],
    [
      'fs:rename',
      { files: [{ from: 'folder', to: 'folder/below' }] },
      `Cannot move '${WORKSPACE}/folder' to a subdirectory of itself, '${WORKSPACE}/folder/below'.`,
    ],
    [
      'fetch:plain',
      { url: './a.txt', targetPath: 'folder' },
      `Cannot overwrite directory '${WORKSPACE}/folder' with non-directory '/source/a.txt'.`,
    ],
    [
      'fetch:plain:file',
      { url: './a.txt', targetPath: 'a.txt/x' },
      `ENOTDIR: not a directory, lstat '${WORKSPACE}/a.txt/x'`,
    ],
    [
      'fetch:plain:file',
      { url: './a.txt', targetPath: 'none/x' },
      `ENOENT: no such file or directory, copyfile '/source/a.txt' -> '${WORKSPACE}/none/x'`,
    ],
    [
      'fetch:plain:file',
      { url: './a.txt', targetPath: 'folder' },
      `EISDIR: illegal operation on a directory, copyfile '/source/a.txt' -> '${WORKSPACE}/folder'`,
    ],
    [
      'workspace:template',
      {
        sourcePath: 'folder',
        targetPath: 'folder/below',
        values: {},
        copyWithoutTemplating: [],
      },
      'targetPath must not be within template path',
    ],
    ['catalog:fetch', {}, 'Missing entity reference or references'],
    ['catalog:fetch', { entityRefs: ['component:a'] }, 'Entity component:a not found'],
    [
      'catalog:write',
      { entity: { kind: 'Component' } },
      "Cannot read properties of undefined (reading 'annotations')",
    ],
    [
      'debug:wait',
      { minutes: 9, seconds: 60, milliseconds: 1 },
      'Waiting duration is longer than the maximum threshold of 0 hours, 10 minutes, 0 seconds',
    ],
  ])('%s fails as in Backstage: %j', async (action, input, message) => {
    expect((await run(action, input)).error).toBe(message);
  });

  it('debug:wait waits', async () => {
    expect((await run('debug:wait', { milliseconds: 1 })).status).toBe('completed');
  });

  it('catalog:fetch needs no entity if it is optional', async () => {
    const { status, output } = await run('catalog:fetch', { optional: true });
    expect([status, output]).toEqual(['completed', {}]);
  });

  it('fs:rename replaces a file in a moved folder', async () => {
    const files: JsonObject[] = [
      { from: 'folder', to: 'other' },
      { from: 'a.txt', to: 'other/c.txt', overwrite: true },
    ];
    expect((await run('fs:rename', { files })).texts).toEqual({ 'b.txt': 'b', 'other/c.txt': 'a' });
  });
});
