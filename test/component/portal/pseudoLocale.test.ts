import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import type { PortalPage } from '../../../src/api';
import { problemSeverities } from '../../../src/features/catalog/core';
import { demoFiles, settled, test } from '../support/portalPage';
import { pseudoTexts } from '../support/pseudoLocale';

const entityRef = 'component:default/booking-service';

const pages: readonly (readonly [name: string, page: PortalPage])[] = [
  ['home', { page: 'home' }],
  ['catalog', { page: 'catalog' }],
  ['entity', { page: 'entity', entityRef }],
  ['dependencies', { page: 'entity', entityRef, tab: 'dependencies' }],
  ['organization', { page: 'organization' }],
  ['graph', { page: 'graph' }],
  ['search', { page: 'search' }],
  ['docs', { page: 'docs' }],
  ['tasks', { page: 'tasks' }],
];

const texts = pseudoTexts();
const english = new Set(Object.keys(texts));
/** All words of the demo, which the pages show as data. */
const dataWords = new Set(
  Object.entries(demoFiles())
    .flatMap(entry => entry.join(' '))
    .join(' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u),
);
/** Words of data that the pages make: defaults of refs, keys, an example of a misspelled word, and problem codes. */
const madeWords = ['default', 'ctrl', 'alt', 'enter', 'callboard', 'backstage', 'me', 'cahndlery'];
const codes = Object.keys(problemSeverities).flatMap(code => code.split('-'));
for (const word of [...madeWords, ...codes]) dataWords.add(word);

for (const [name, shown] of pages) {
  test(`translates the whole page: ${name}`, async ({ open }) => {
    const { page } = await open({
      page: shown,
      texts,
      user: 'user:default/bruno.capstan',
      viewport: { width: 900, height: 800 },
    });
    await page.getByText('⟦').first().waitFor();
    await settled(page);
    await page.waitForFunction(() => window.fakeHost.search.state.type === 'ready');
    await page.locator('.search-progress').waitFor({ state: 'detached' });
    await page.screenshot({ path: inProject('out', 'component', `pseudo-${name}.png`) });
    const found = await textsOf(page);
    expect({
      untranslated: found.texts.filter(isUntranslated),
      concatenated: found.texts.filter(isConcatenated),
      cutOff: found.cutOff,
    }).toEqual({ untranslated: [], concatenated: [], cutOff: [] });
  });
}

/**
 * Returns whether a list item or a whole text is concatenated from several translated texts. A text
 * may be an argument of another, such as a kind or a count.
 */
function isConcatenated(text: string): boolean {
  return text.split(/ · |, /).some(item => /⟧.*⟦/s.test(item));
}

function isUntranslated(text: string): boolean {
  if (text.includes('⟦')) return false;
  if (english.has(text) && !dataWords.has(text.toLowerCase())) return true;
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .some(word => /\p{L}{2}/u.test(word) && !dataWords.has(word));
}

/** The visible texts of a page, names and tooltips, and those that don't fit and have no tooltip. */
function textsOf(page: Page): Promise<{ texts: string[]; cutOff: string[] }> {
  return page.evaluate(() => {
    const texts = new Set<string>();
    const cutOff = new Set<string>();
    const visit = (node: Node): void => {
      if (node instanceof Element) {
        if (['STYLE', 'SCRIPT', 'SVG'].includes(node.tagName.toUpperCase())) return;
        if (node.classList.contains('visually-hidden')) return;
        for (const name of ['title', 'aria-label', 'placeholder']) {
          const value = node.getAttribute(name)?.trim();
          if (value !== undefined && value !== '') texts.add(value);
        }
        if (node.shadowRoot) visit(node.shadowRoot);
      }
      if (node instanceof Text) {
        const text = node.data.trim();
        const parent = node.parentElement;
        if (text === '' || !parent?.checkVisibility()) return;
        texts.add(text);
        const { overflowX, textOverflow, clipPath } = getComputedStyle(parent);
        // Only screen readers read names of icons.
        if (clipPath !== 'none') return;
        const isTooLong = parent.scrollWidth > parent.clientWidth + 1 && overflowX === 'hidden';
        const hasTooltip = textOverflow === 'ellipsis' && parent.closest('[title]') !== null;
        if (text.includes('⟦') && isTooLong && !hasTooltip) cutOff.add(text);
      }
      node.childNodes.forEach(visit);
    };
    visit(document.body);
    return { texts: [...texts], cutOff: [...cutOff] };
  });
}
