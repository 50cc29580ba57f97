import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { coreServices, type PortalApi, type PortalService } from '../../../src/api';
import { activatePortal, eventually, resolveDeps } from '../../support/portal';

const BOOKING = 'component:default/booking-service';

describe('Portal', () => {
  let api: PortalApi;
  let portal: PortalService;

  before(async () => {
    api = await activatePortal();
    ({ portal } = await resolveDeps(api, 'opens-pages', { portal: coreServices.portal }));
  });

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens its pages by commands in one editor', async () => {
    await vscode.commands.executeCommand('callboard.portal.home');
    await eventually(() => assert.deepEqual(pages(), ['Callboard']));
    await vscode.commands.executeCommand('callboard.entity.openPage', BOOKING);
    // Only the page knows the entity's title: it has loaded.
    await eventually(() => assert.deepEqual(pages(), ['Booking Service']));
  });

  it('reveals the editor that already shows an entity', async () => {
    await portal.open({ page: 'entity', entityRef: BOOKING });
    await eventually(() => assert.deepEqual(pages(), ['Booking Service']));
    await portal.open(
      { page: 'entity', entityRef: 'group:default/team-booking' },
      { toSide: true },
    );
    await eventually(() => assert.deepEqual(pages(), ['Booking Service', 'Booking']));
    await portal.open({ page: 'entity', entityRef: BOOKING });
    await eventually(() => assert.equal(activePage(), 'Booking Service'));
    assert.deepEqual(pages(), ['Booking Service', 'Booking']);
  });

  it('goes back and forward', async () => {
    await portal.open({ page: 'entity', entityRef: BOOKING });
    await eventually(() => assert.deepEqual(pages(), ['Booking Service']));
    await portal.open({ page: 'entity', entityRef: 'group:default/team-booking' });
    await eventually(() => assert.deepEqual(pages(), ['Booking']));
    await vscode.commands.executeCommand('callboard.portal.back');
    await eventually(() => assert.deepEqual(pages(), ['Booking Service']));
    await vscode.commands.executeCommand('callboard.portal.forward');
    await eventually(() => assert.deepEqual(pages(), ['Booking']));
  });

  it('opens an entity from an external link', async () => {
    await vscode.commands.executeCommand('vscode.open', link(`/entity/${BOOKING}`));
    await eventually(() => assert.deepEqual(pages(), ['Booking Service']));
  });

  it('opens a search result by a few letters', async () => {
    const done = vscode.commands.executeCommand('callboard.search.find', 'bookng');
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.match(pages().join(), /Booking/);
    });
    await done;
  });

  it('goes to the line of an operation', async () => {
    const done = vscode.commands.executeCommand('callboard.apis.goToOperation');
    // The list opens after definitions are read; accept as soon as it is open.
    await eventually(async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      assert.ok(vscode.window.activeTextEditor);
    });
    await done;
    const { document, selection } = vscode.window.activeTextEditor ?? {};
    assert.match(document?.uri.path ?? '', /\/booking\/apis\/openapi\.yaml$/);
    assert.equal(document?.getText(selection), 'post');
  });

  it('remembers viewed and edited entities', async () => {
    const { recent } = await resolveDeps(api, 'reads-recent', { recent: coreServices.recent });
    await portal.open({ page: 'entity', entityRef: 'group:default/team-booking' });
    await eventually(() => assert.equal(recent.viewed()[0], 'group:default/team-booking'));
    const source = api.catalog.getEntitySource(BOOKING);
    assert.ok(source);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(source.file));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# Edited.\n');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await eventually(() => assert.ok(recent.edited().includes(BOOKING)));
  });
});

function link(path: string): vscode.Uri {
  return vscode.Uri.from({ scheme: vscode.env.uriScheme, authority: 'callboard.callboard', path });
}

/** The labels of all portal editors. */
function pages(): readonly string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs.filter(isPage))
    .map(({ label }) => label);
}

function activePage(): string | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return tab && isPage(tab) ? tab.label : undefined;
}

function isPage({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith('callboard.portal');
}
