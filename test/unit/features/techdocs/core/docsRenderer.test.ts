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

describe('A page of docs', () => {
  it('is rendered at hand as long as it is short', async () => {
    const { page, jobs } = await render(PART, {}, ['done']);
    expect(jobs).toBe(0);
    expect(page).toEqual((await render(PART)).page);
  });

  it('is rendered by a worker where it is long, and comes out the same', async () => {
    const { page, jobs } = await render(LONG, {}, ['done']);
    expect(jobs).toBeGreaterThan(0);
    expect(page).toEqual((await render(LONG)).page);
    expect(page.problems).toHaveLength(1);
    expect(page.html).toContain('hljs-');
  });

  it('is long, too, where what it includes is', async () => {
    const files = { 'a.md': 'A\n\n--8<-- "b.md"\n', 'b.md': PART.repeat(20) };
    const text = '--8<-- "a.md"\n'.repeat(20);
    const { page, jobs } = await render(text, files, ['done']);
    expect(jobs).toBeGreaterThan(0);
    expect(page).toEqual((await render(text, files)).page);
    expect(page.html.match(/Part/g)?.length).toBeGreaterThan(200);
  });

  it('is rendered at hand where there are no workers to be had', async () => {
    const { page } = await render(LONG, {}, ['unavailable']);
    expect(page).toEqual((await render(LONG)).page);
  });

  it.each(['crashed', 'timeout'] as const)(
    'is not rendered again where a worker %s',
    async fate => {
      await expect(render(LONG, {}, [fate])).rejects.toThrow(WorkerFailure);
    },
  );

  it('is nothing else that a worker says', async () => {
    await expect(render(LONG, {}, ['lie'])).rejects.toThrow('Not the result of a page');
  });

  it('is not waited for by whoever has given up', async () => {
    const fileSystem = new InMemoryFileSystem({});
    const renderer = new DocsRenderer({
      fileSystem,
      workers: new FatefulPool(fileSystem, ['done']),
    });
    const given = AbortSignal.abort();
    await expect(renderer.render(LONG, site, given)).rejects.toThrow('aborted');
  });
});
