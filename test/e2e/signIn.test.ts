import { expect, onTestFinished } from 'vitest';
import { inProject } from '../../scripts/lib/project.mjs';
import { test } from '../support/callboardTest';
import { accessToken, send, StandInAuthorization } from '../support/standInAuthorization';
import { servedComponent } from '../support/standInBackstage';

test('signs in to a Backstage in the browser and out again', async ({ open }) => {
  const server = await new StandInAuthorization().listen();
  onTestFinished(() => server.close());
  server.fault = ({ what, authorization }, response) => {
    if (!what.includes('/api/catalog/')) return false;
    const items = [servedComponent('lighthouse')];
    const isKnown = authorization === `Bearer ${accessToken(1)}`;
    if (isKnown) send(response, 200, { items, totalItems: 1, pageInfo: {} });
    else send(response, 401, { error: { name: 'AuthenticationError', message: 'Who?' } });
    return true;
  };

  const { workbench } = await open({
    folder: 'test/fixtures/problems',
    settings: {
      'callboard.catalog.sources': [{ type: 'backstage', url: server.url, name: 'Skerry' }],
    },
  });
  const { page } = workbench;
  await workbench.openContainer('Callboard');
  await workbench.openView('Sources');
  await workbench.treeItem(/^Sign in to it\./).waitFor();
  await workbench.notifications.filter({ hasText: 'requires a token' }).waitFor();
  await workbench.screenshot(inProject('out', 'e2e', 'sign-in-failed.png'));

  // This VS Code forwards ports of its machine in its own way, which the tests have disabled.
  const consent = /\/api\/auth\/v1\/authorize\?/;
  await page.context().route(consent, route => {
    const { searchParams } = new URL(route.request().url());
    return route.fulfill({ contentType: 'text/html', body: consentPage(searchParams) });
  });
  onTestFinished(() => page.context().unroute(consent));
  const opening = page.context().waitForEvent('page');
  await workbench.treeItem(/^Sign In…/).click();
  const browser = await opening;
  await browser.getByRole('link', { name: 'Agree' }).click();
  await browser.getByText('return to VS Code').waitFor();
  await browser.close();
  await workbench.notifications
    .filter({ hasText: 'You are signed in to Skerry as user:default/jane.' })
    .waitFor();
  const row = workbench.treeItem(/^Skerry, Backstage, 1 entity/);
  await row.waitFor();
  await workbench.treeItem(/^lighthouse, Component.*from Skerry/).waitFor();
  await workbench.hoverOver(row, 'You are signed in as user:default/jane.');
  await workbench.screenshot(inProject('out', 'e2e', 'signed-in.png'));

  await workbench.runCommand('Callboard: Sign Out of Backstage');
  await workbench.notifications.filter({ hasText: 'You have signed out of' }).waitFor();
  await workbench.treeItem(/^Skerry, Backstage, out of date, 1 entity/).waitFor();
  await workbench.treeItem(/^Sign In…/).waitFor();
  expect(server.bodiesOf('POST /api/auth/v1/revoke')).toMatchObject([
    { token: 'refresh-token-1', client_id: 'registered' },
  ]);
});

/** The page where the signed-in user consents. */
function consentPage(query: URLSearchParams): string {
  const callback = new URL(query.get('redirect_uri') ?? '');
  callback.searchParams.set('code', 'a-code');
  callback.searchParams.set('state', query.get('state') ?? '');
  return `<!doctype html><title>Skerry</title><a href="${callback.href.replaceAll('&', '&amp;')}">Agree</a>`;
}
