import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MarkdownEngine, type TocEntry } from '../../../../../../src/features/techdocs/core';
import { htmlStructure } from '../../../../../support/techdocs/htmlStructure';
import {
  comparableExtensions,
  type Config,
  renderForReal,
} from '../../../../../support/techdocs/realMarkdown';

// Each page of the fixtures, and the output of the real Python-Markdown. To record it again, where
// Debian's mkdocs, mkdocs-material and python3-pymdownx are installed:
// CALLBOARD_GOLDENS=python npm run test:unit -- test/unit/features/techdocs/core/markdown/fixtures.test.ts

interface Golden {
  readonly structure: readonly string[];
  readonly toc: readonly Entry[];
}

interface Entry {
  readonly level: number;
  readonly id: string;
  readonly children: readonly Entry[];
}

const folder = join(import.meta.dirname, '../../../../../fixtures/techdocs/markdown');
const names = readdirSync(folder).flatMap(name =>
  name.endsWith('.md') ? [name.slice(0, -3)] : [],
);

const textOf = (name: string): string => readFileSync(join(folder, `${name}.md`), 'utf8');

const extensionsOf = (name: string): Config => {
  const path = join(folder, `${name}.config.json`);
  const own = readdirSync(folder).includes(`${name}.config.json`)
    ? (JSON.parse(readFileSync(path, 'utf8')) as Config)
    : {};
  return comparableExtensions(own);
};

const entriesOf = (toc: readonly Entry[] | readonly TocEntry[]): Entry[] =>
  toc.map(({ level, id, children }) => ({ level, id, children: entriesOf(children) }));

if (process.env['CALLBOARD_GOLDENS'] === 'python') {
  const pages = renderForReal(
    names.map(name => ({ text: textOf(name), extensions: extensionsOf(name) })),
  );
  for (const [index, { html, toc }] of pages.entries()) {
    const golden: Golden = { structure: htmlStructure(html), toc: entriesOf(toc) };
    writeFileSync(
      join(folder, `${names[index] ?? ''}.json`),
      `${JSON.stringify(golden, undefined, 1)}\n`,
    );
  }
}

describe('Markdown pages have the structure of Python-Markdown', () => {
  it.each(names)('%s', async name => {
    const golden = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Golden;
    const engine = new MarkdownEngine({ extensions: extensionsOf(name) });

    const page = await engine.renderWithIncludes(textOf(name), () => Promise.resolve(undefined));

    expect(htmlStructure(page.html)).toEqual(golden.structure);
    expect(entriesOf(page.toc)).toEqual(golden.toc);
  });

  it.each(names)('%s, rendered twice', name => {
    const engine = new MarkdownEngine({ extensions: extensionsOf(name) });
    expect(engine.render(textOf(name)).html).toBe(engine.render(textOf(name)).html);
  });
});
