import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MarkdownEngine } from '../../../../../../src/features/techdocs/core';
import { sharedMaterial } from '../../../../../support/sharedMaterial';
import { htmlStructure } from '../../../../../support/techdocs/htmlStructure';
import {
  comparableExtensions,
  hasRealMarkdown,
  renderForReal,
} from '../../../../../support/techdocs/realMarkdown';

// Pages of real repositories, also rendered by the real Python-Markdown, if both are available.

const corpus = sharedMaterial('corpus', 'Comparisons of Markdown with Python-Markdown');
const isInstalled = corpus !== undefined && hasRealMarkdown();
if (corpus !== undefined && !isInstalled) {
  process.stderr.write(
    'Comparisons of Markdown with Python-Markdown did not run: Python-Markdown, pymdownx and MkDocs are not installed.\n',
  );
}

/** Share of all pages. See docs/compatibility.md for the differences. */
const leastShare = 0.99;

describe.skipIf(corpus === undefined || !isInstalled)('Markdown of real repositories', () => {
  it("has the structure of Python-Markdown's output", async () => {
    const folder = corpus ?? '';
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.md'))
      .sort();
    const extensions = comparableExtensions();
    const pages = paths.map(path => ({
      text: readFileSync(join(folder, path), 'utf8'),
      extensions,
    }));
    const engine = new MarkdownEngine({ extensions });
    const real = renderForReal(pages);

    const different: string[] = [];
    for (const [index, { text }] of pages.entries()) {
      const page = await engine.renderWithIncludes(text, () => Promise.resolve(undefined));
      const expected = htmlStructure(real[index]?.html ?? '').join('\n');
      if (htmlStructure(page.html).join('\n') !== expected) different.push(paths[index] ?? '');
    }

    const share = 1 - different.length / pages.length;
    process.stderr.write(
      `${pages.length - different.length} of ${pages.length} pages of Markdown are as Python-Markdown has them (${(share * 100).toFixed(1)} %)\n${different.map(path => `  other: ${path}\n`).join('')}`,
    );
    expect(pages.length).toBeGreaterThan(100);
    expect(share).toBeGreaterThan(leastShare);
  });
});
