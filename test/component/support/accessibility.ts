import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { inProject } from '../../../scripts/lib/project.mjs';

interface Axe {
  run(): Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
    }[];
  }>;
}

/** What axe finds wrong with a page: a line a violation. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(readFileSync(inProject('node_modules', 'axe-core', 'axe.min.js'), 'utf8'));
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe };
    return (await axe.run()).violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`),
  );
}
