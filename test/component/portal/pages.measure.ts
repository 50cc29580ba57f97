import type { PortalPage } from '../../../src/api';
import { report } from '../support/measured';
import { test } from '../support/portalPage';

/*
 * Measures pages in a headless browser: prints times, never asserts them. The host runs in the page
 * and reads the demo within the same time.
 */

const ROUNDS = 9;
const entityRef = 'component:default/booking-service';
const pages: readonly PortalPage[] = [
  { page: 'home' },
  { page: 'catalog' },
  { page: 'entity', entityRef },
  { page: 'organization', entityRef: 'group:default/team-booking' },
  { page: 'graph' },
];

declare global {
  interface Window {
    /** Time when content was there, since navigation start. */
    contentAt: number | undefined;
  }
}

for (const shown of pages) {
  test(`time from the first script to content: ${shown.page}`, async ({ open }) => {
    const { page } = await open({ page: shown });
    await page.addInitScript(() => {
      const check = (): void => {
        const content =
          '.card-body > :not(.state-loading), .catalog-grid .entity, .team-header, callboard-graph-canvas';
        if (document.querySelector(content)) window.contentAt = performance.now();
        else requestAnimationFrame(check);
      };
      check();
    });
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await page.reload();
      await page.waitForFunction(() => window.contentAt !== undefined);
      times.push(
        await page.evaluate(() => {
          const scripts = performance
            .getEntriesByType('resource')
            .filter(({ name }) => name.endsWith('/portal.js')) as PerformanceResourceTiming[];
          return (window.contentAt ?? NaN) - Math.min(...scripts.map(each => each.responseEnd));
        }),
      );
    }
    report(`from the first script to content: ${shown.page}`, times);
  });
}

test('time from a file change to the updated page', async ({ open }) => {
  const { page, write } = await open({ page: { page: 'entity', entityRef } });
  const heading = page.locator('.entity-page h1');
  await heading.waitFor();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS * 3; round++) {
    const seen = heading.evaluate(
      (element, expected) =>
        new Promise<number>(resolve => {
          const check = (): void => {
            if (element.textContent.includes(expected)) resolve(Date.now());
            else requestAnimationFrame(check);
          };
          check();
        }),
      `Round ${round}.`,
    );
    const text = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: booking-service, title: Round ${round}. }
spec: { type: service, lifecycle: production, owner: team-booking }
`;
    const began = Date.now();
    await write('booking/catalog-info.yaml', text);
    times.push((await seen) - began);
  }
  report('from a change of a file to the page that shows it', times);
});
