import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { coreServices, type EditsService } from '../../../src/api';
import { activatePortal, resolveDeps } from '../../support/portal';

describe('Window in another language', () => {
  let edits: EditsService;

  before(async () => {
    ({ edits } = await resolveDeps(await activatePortal(), 'translated', {
      edits: coreServices.edits,
    }));
  });

  it('finds the translation of every text in the list', async () => {
    assert.equal(vscode.env.language, 'qps-ploc');
    const { extensionUri } = vscode.extensions.getExtension('callboard.callboard')!;
    const uri = vscode.Uri.joinPath(extensionUri, 'l10n', 'bundle.l10n.json');
    const texts = Object.keys((await (await fetch(uri.toString(true))).json()) as object);
    assert.ok(texts.length > 100);
    assert.deepEqual(
      texts.map(text => vscode.l10n.t(text)),
      texts.map(text => `[${text}]`),
    );
  });

  it('translates messages', async () => {
    const change = { entityRef: 'component:default/nothing', field: 'spec.owner', value: 'crew' };
    const { refused } = await edits.setFields([change], { label: 'Set owner' });
    assert.deepEqual(
      refused.map(({ reason }) => reason),
      ["[The entity isn't defined in a file of this workspace.]"],
    );
  });
});
