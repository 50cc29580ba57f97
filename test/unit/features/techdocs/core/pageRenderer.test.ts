import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { techdocsCoreExtensions } from '../../../../../src/features/techdocs/core/markdown/config';
import { MarkdownEngine } from '../../../../../src/features/techdocs/core/markdown/markdownEngine';
import { PageRenderer } from '../../../../../src/features/techdocs/core/pageRenderer';

const PAGES = 'test/fixtures/techdocs/markdown';

function inputOf(text: string, lineAttributes: boolean) {
  return { text, extensions: techdocsCoreExtensions, lineAttributes, includes: new Map() };
}

it('indexes the page that it just rendered without parsing it again', async () => {
  const parses = vi.spyOn(MarkdownEngine.prototype, 'index');
  const pages = readdirSync(PAGES, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.md'),
  );
  for (const name of pages) {
    const text = readFileSync(join(PAGES, name), 'utf8');
    const expected = await new PageRenderer().run('index', inputOf(text, false));
    const renderer = new PageRenderer();
    await renderer.run('page', inputOf(text, true));
    parses.mockClear();
    expect(await renderer.run('index', inputOf(text, false)), name).toEqual(expected);
    expect(parses).not.toHaveBeenCalled();
  }
  expect(pages.length).toBeGreaterThan(10);
});

it('parses another text', async () => {
  const renderer = new PageRenderer();
  await renderer.run('page', inputOf('# One', true));
  expect(await renderer.run('index', inputOf('# Two', false))).toMatchObject({
    result: { anchors: [{ id: 'two' }] },
  });
});
