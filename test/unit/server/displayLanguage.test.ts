import { expect, it } from 'vitest';
import type { LanguageSettings } from '../../../src/features/authoring/protocol';
import { noModel } from '../../../src/features/catalog/core';
import { builtProgram } from '../../support/builtProgram';
import { aComponent } from '../../support/descriptors';
import { LspProcess } from '../../support/lspProcess';

/** Timeout in milliseconds. Starting a process takes long on a slow machine. */
const patience = 300_000;

const settings: LanguageSettings = {
  customKinds: [],
  model: noModel.data,
  codeownersOwners: {},
  severities: {},
  scaffolderActions: [],
  contributedActions: [],
  isStructureDelegated: true,
  schemaHosts: [],
  isTrusted: true,
};

it('answers in the display language of the editor', { timeout: patience }, async () => {
  const ferry = aComponent('ferry', { owner: 'crew' });
  const line = ferry.split('\n').findIndex(text => text.includes('owner:'));
  const texts = { 'Select the name of an entity or a ref to rename it.': 'Wähle einen Namen aus.' };
  const display = { locale: 'de', texts };
  const lsp = await LspProcess.start(
    await builtProgram(),
    { 'ferry.yaml': ferry },
    {},
    { initializationOptions: { callboard: { hasCatalog: true, commands: [], settings, display } } },
  );
  try {
    lsp.open('ferry.yaml', ferry);
    await expect(lsp.at('prepareRename', 'ferry.yaml', [line, 0])).rejects.toThrow(
      'Wähle einen Namen aus.',
    );
  } finally {
    await lsp.end();
  }
});
