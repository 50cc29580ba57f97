import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DocsRenderer } from '../../../../../src/features/techdocs/core';
import { NodeFileSystem, pathToFileUri } from '../../../../../src/platform/node';
import { NodeWorkerPool } from '../../../../../src/platform/node/threads/nodeWorkerPool';
import { builtWorker } from '../../../../support/builtProgram';

let folder = '';
let script = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-pages-'));
  script = await builtWorker();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Takes half a second to render. */
const HOSTILE = '*a **b '.repeat(25_000);
const LONG = '# Part\n\n```yaml\na: b\n```\n\n'.repeat(500);

function open(): DocsRenderer {
  const workers = new NodeWorkerPool({ script, size: 1 });
  onTestFinished(() => workers.dispose());
  return new DocsRenderer({ fileSystem: new NodeFileSystem(), workers, lineAttributes: true });
}

const site = () => ({ site: { folder: pathToFileUri(folder) }, markdownExtensions: new Map() });

/** Returns the number of turns of this thread's event loop during a call. */
async function turnsWhile(run: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  try {
    await run();
  } finally {
    clearInterval(timer);
  }
  return turns;
}

describe('slow page', () => {
  it('does not block the calling thread', async () => {
    const renderer = open();
    let html = '';
    const turns = await turnsWhile(async () => {
      ({ html } = await renderer.render(HOSTILE, site()));
    });
    expect(html).toContain('*a **b');
    expect(turns).toBeGreaterThan(50);
  });

  it('is aborted for a newer text', async () => {
    const renderer = open();
    const older = new AbortController();
    const overtaken = renderer.render(HOSTILE, site(), older.signal);
    const newer = renderer.render(LONG, site());
    older.abort();
    await expect(overtaken).rejects.toMatchObject({ name: 'AbortError' });
    const here = new DocsRenderer({ fileSystem: new NodeFileSystem(), lineAttributes: true });
    expect(await newer).toEqual(await here.render(LONG, site()));
  });
});
