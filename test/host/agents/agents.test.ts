import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activatePortal, eventually, workspaceUri, writeFile } from '../../support/portal';

/** Returns a tool's answer as a model receives it. */
async function ask(name: string, input: object): Promise<string> {
  const options = { input, toolInvocationToken: undefined };
  const { content } = await vscode.lm.invokeTool(`callboard_${name}`, options);
  return content
    .map(part => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
    .join('');
}

describe('Tools for agents', () => {
  before(async () => {
    await activatePortal();
    await eventually(() =>
      assert.ok(vscode.lm.tools.some(({ name }) => name === 'callboard_find')),
    );
  });

  it('are registered in the editor with descriptions and schemas', () => {
    const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('callboard_'));
    assert.deepEqual(tools.map(({ name }) => name).sort(), [
      'callboard_dependents',
      'callboard_find',
      'callboard_get_entity',
      'callboard_owners',
      'callboard_plugin_tools',
      'callboard_search_docs',
      'callboard_validate',
    ]);
    for (const { description, inputSchema } of tools) {
      assert.ok(description.length > 100);
      assert.equal((inputSchema as { type: string }).type, 'object');
    }
  });

  it('answer from the catalog of the window', async () => {
    assert.match(
      await ask('find', { query: 'ferr' }),
      /component:default\/ferry — catalog-info\.yaml:4/,
    );
    assert.match(await ask('owners', { path: 'src/README.md' }), /owned by group:default\/crew/);
    assert.match(
      await ask('get_entity', { ref: 'ferry' }),
      /^component:default\/ferry — The Ferry/,
    );
  });

  it('see files written just before', async () => {
    const text = 'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata:\n  name: a b\n';
    await writeFile(workspaceUri('broken.yaml'), text);
    const answer = await ask('validate', { path: 'broken.yaml' });
    await vscode.workspace.fs.delete(workspaceUri('broken.yaml'));
    assert.match(answer, /error [a-z-]+: .*\(broken\.yaml:\d+:\d+\)/);
  });

  it('list those of plugins', async () => {
    assert.equal(await ask('plugin_tools', {}), 'No plugin adds tools.');
    await assert.rejects(
      ask('plugin_tools', { tool: 'metrics_ratings' }),
      /Unknown tool "metrics_ratings". No plugin adds tools\./,
    );
  });

  it('fail with a suggestion', async () => {
    await assert.rejects(
      ask('get_entity', { ref: 'fery' }),
      /Did you mean component:default\/ferry\?/,
    );
    await assert.rejects(ask('validate', { path: '../../x' }), /is outside the workspace/);
  });
});
