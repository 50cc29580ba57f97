import { describe, expect, it } from 'vitest';
import { uriPath } from '../../../../../src/base';
import { DocsRenderer } from '../../../../../src/features/techdocs/core';
import { WorkerFailure } from '../../../../../src/platform/core/ports';
import { type Fate, FatefulPool } from '../../../../support/fatefulPool';
import { InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';
import { at } from '../../../../support/testCatalog';

const site = {
  site: { folder: at('docs') },
  markdownExtensions: new Map([['nl2br', {}]]),
};

const PART = '# Part\n\n```yaml\na: b\n```\n\n[link](other.md) `#!js let c`\n\n- [ ] d\n\n';
const LONG = `# Long\n\n${PART.repeat(250)}--8<-- "missing.md"\n`;

async function render(text: string, files: Record<string, string> = {}, fates?: readonly Fate[]) {
  const contents = Object.entries(files).map(([path, content]) => [
    uriPath(at(`docs/${path}`)),
    content,
  ]);
  const fileSystem = new InMemoryFileSystem(Object.fromEntries(contents));
  const workers = fates && new FatefulPool(fileSystem, fates);
  const renderer = new DocsRenderer({ fileSystem, workers, lineAttributes: true });
  return { page: await renderer.render(text, site), jobs: workers?.jobs };
}

describe('DocsRenderer', () => {
  it('renders a short page in process', async () => {
    const { page, jobs } = await render(PART, {}, ['done']);
    expect(jobs).toBe(0);
    expect(page).toEqual((await render(PART)).page);
  });

  it('renders a long page in a worker with the same result', async () => {
    const { page, jobs } = await render(LONG, {}, ['done']);
    expect(jobs).toBeGreaterThan(0);
    expect(page).toEqual((await render(LONG)).page);
    expect(page.problems).toHaveLength(1);
    expect(page.html).toContain('hljs-');
  });

  it('treats a page with long includes as long', async () => {
    const files = { 'a.md': 'A\n\n--8<-- "b.md"\n', 'b.md': PART.repeat(20) };
    const text = '--8<-- "a.md"\n'.repeat(20);
    const { page, jobs } = await render(text, files, ['done']);
    expect(jobs).toBeGreaterThan(0);
    expect(page).toEqual((await render(text, files)).page);
    expect(page.html.match(/Part/g)?.length).toBeGreaterThan(200);
  });

  it('renders in process if there are no workers', async () => {
    const { page } = await render(LONG, {}, ['unavailable']);
    expect(page).toEqual((await render(LONG)).page);
  });

  it.each(['crashed', 'timeout'] as const)('does not render again if a worker %s', async fate => {
    await expect(render(LONG, {}, [fate])).rejects.toThrow(WorkerFailure);
  });

  it('rejects invalid results of workers', async () => {
    await expect(render(LONG, {}, ['lie'])).rejects.toThrow('Not the result of a page');
  });

  it('rejects when it is aborted', async () => {
    const fileSystem = new InMemoryFileSystem({});
    const renderer = new DocsRenderer({
      fileSystem,
      workers: new FatefulPool(fileSystem, ['done']),
    });
    const given = AbortSignal.abort();
    await expect(renderer.render(LONG, site, given)).rejects.toThrow('aborted');
  });
});
