import { expect } from 'vitest';
import { iconFaults } from '../support/icons';
import { settled, test } from '../support/portalPage';
import type { PortalPage } from '../../../src/api';

const entityRef = 'component:default/booking-service';

const pages: readonly (readonly [name: string, page: PortalPage])[] = [
  ['home', { page: 'home' }],
  ['catalog', { page: 'catalog' }],
  ['overview', { page: 'entity', entityRef }],
  ['dependencies', { page: 'entity', entityRef, tab: 'dependencies' }],
  ['API', { page: 'entity', entityRef: 'api:default/booking-api', tab: 'definition' }],
  ['system', { page: 'entity', entityRef: 'system:default/booking' }],
  ['organization', { page: 'organization' }],
  ['team', { page: 'organization', entityRef: 'group:default/team-booking' }],
  ['graph', { page: 'graph', query: { rootRefs: [entityRef], depth: 1, selected: entityRef } }],
  ['graph as a list', { page: 'graph', query: { rootRefs: [entityRef], asList: true } }],
  ['search', { page: 'search' }],
  ['results', { page: 'search', query: 'booking' }],
  ['all docs', { page: 'docs' }],
  ['docs', { page: 'docs', site: 'file:///work/booking' }],
  ['create', { page: 'create' }],
  ['template', { page: 'template', template: 'template:default/typescript-service' }],
  ['tasks', { page: 'tasks' }],
];

for (const [name, shown] of pages) {
  test(`has names and tooltips for icons and underlines none: ${name}`, async ({ open }) => {
    const { page } = await open({ page: shown, user: 'user:default/bruno.capstan' });
    await page.locator('h1').first().waitFor({ state: 'attached' });
    await settled(page);
    expect(await page.locator('.state-failed').count()).toBe(0);
    expect(await iconFaults(page)).toEqual([]);
  });
}
