import { expect, it } from 'vitest';
import { coreServices } from '../../../../../../src/api';
import { PluginActivity, PluginFacade } from '../../../../../../src/features/plugins/core/outside';

it("refuses runs of templates, whose retry writes files, without the capability 'edits'", async () => {
  const facade = new PluginFacade({
    identity: {
      id: 'acme',
      title: 'Acme',
      origin: 'extension',
      extension: 'acme.tools',
      capabilities: {},
    },
    activity: new PluginActivity(() => 0),
    permissions: undefined,
  });
  const service = { tasks: () => Promise.resolve({ retry: () => Promise.resolve() }) };
  const scaffolder = facade.serviceOf(coreServices.scaffolder.id, service) as typeof service;
  await expect(scaffolder.tasks()).rejects.toThrow('doesn\'t declare the capability "edits"');
});
