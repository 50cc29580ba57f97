import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import { type Theme, themes } from '../../support/openCallboard';
import { showTheme, themeOf } from './themes';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(options: RunOptions): Promise<AxeResults>;
}

/** Returns the accessibility violations that axe finds on a page or frame: each rule, and where. */
export async function violationsOf(
  page: Page | Frame,
  options: RunOptions = {},
): Promise<readonly string[]> {
  // axe is half a megabyte: a single-page app loads it once.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  // Text that is fading in has little contrast.
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
    }
  });
  const { violations } = await page.evaluate(
    given => (window as unknown as { axe: Axe }).axe.run({ ...given, resultTypes: ['violations'] }),
    options,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
}

/** The rules whose result depends on colors. */
const COLOR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * Returns the accessibility violations of a portal page: by all rules in its own theme, and by the
 * rules about colors in the other themes. Restores the page's theme.
 */
export async function violationsInThemes(page: Page): Promise<readonly string[]> {
  const found = [...(await violationsOf(page))];
  const own = await themeOf(page);
  for (const theme of (Object.keys(themes) as Theme[]).filter(name => name !== own)) {
    await showTheme(page, theme);
    const more = await violationsOf(page, { runOnly: COLOR_RULES });
    found.push(...more.map(violation => `${theme}: ${violation}`));
  }
  await showTheme(page, own);
  return found;
}
