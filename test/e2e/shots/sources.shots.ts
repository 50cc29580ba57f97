import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { test } from '../../support/callboardTest';
import { aComponent } from '../../support/descriptors';
import { TestRepository } from '../../support/gitRepository';
import { freePort, GitHttpServer } from '../../support/gitServer';
import { themes, type Theme } from '../../support/openCallboard';

test.for(Object.keys(themes) as Theme[])('sources, %s', async (theme, { open }) => {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-sources-'));
  const fleet = { owner: 'fleet' };
  new TestRepository(join(folder, 'lights')).commit({
    'catalog-info.yaml': aComponent('pharos', fleet),
    'buoys/catalog-info.yaml': aComponent('buoy', fleet),
    'shared.yaml': aComponent('booking-service', fleet),
  });
  const server = await GitHttpServer.start(folder);
  const locked = createServer((_request, response) => {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="Harbour"' }).end();
  });
  await new Promise<void>(resolve => locked.listen(0, '127.0.0.1', resolve));
  const lockedUrl = `http://127.0.0.1:${(locked.address() as AddressInfo).port}/private.git`;
  const goneUrl = `http://127.0.0.1:${await freePort()}/gone.git`;
  onTestFinished(async () => {
    await server.stop();
    locked.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { workbench } = await open({
    folder: 'demo',
    theme,
    viewport: { width: 1280, height: 900 },
    settings: {
      'callboard.catalog.sources': [
        { type: 'git', url: server.url('lights/.git'), name: 'Lights', color: 'blue' },
        { type: 'git', url: lockedUrl, name: 'Harbour Authority', color: 'purple' },
        { type: 'git', url: goneUrl, name: 'Old Pier', color: 'green' },
      ],
    },
  });
  const picture = async (name: string): Promise<void> => {
    // The clicked element's tooltip would cover something.
    await workbench.page.mouse.move(640, 20);
    await workbench.settled();
    await workbench.screenshot(inProject('out', 'shots', `sources-${name}-${theme}.png`));
  };
  await workbench.openContainer('Callboard');
  await workbench.runCommand('Callboard: Show Sources');
  await workbench.treeItem(/^Lights, git repository, 3 entities/).waitFor();
  await workbench.treeItem(/^Harbour Authority, git repository, fetch failed/).waitFor();
  await workbench.notifications.filter({ hasText: 'fetch failed' }).first().waitFor();
  await workbench.expand(workbench.treeItem(/^Components/));
  await picture('view');

  await workbench.runCommand('Callboard: Go to Entity');
  await workbench.choose('pharos');
  await workbench.tab('catalog-info.yaml').waitFor();
  await picture('file');

  await workbench.runCommand('Callboard: Show Entity Page');
  await workbench.choose('pharos');
  await workbench.webview().locator('.source-mark').first().waitFor();
  await picture('page');

  await workbench.runCommand('Callboard: Add Source');
  await workbench.quickInputRows.filter({ hasText: 'Git Repository' }).waitFor();
  await picture('add');
});
