import { expect, it, vi } from 'vitest';
import type { TemplateProvider } from '../../../../../../src/api';
import { Emitter, type Logger } from '../../../../../../src/base';
import { ProvidedTemplates } from '../../../../../../src/features/scaffolder/core';
import { InMemoryFileSystem } from '../../../../../support/inMemoryFileSystem';

const aTemplate = (name: string): string => `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: ${name} }
spec: { type: service, steps: [] }
`;

function aProvider(fields: Partial<TemplateProvider> = {}) {
  const changed = new Emitter<void>();
  const provider: TemplateProvider = {
    id: 'acme.templates',
    title: 'Acme',
    folder: 'file:///plugin',
    onDidChange: changed.event,
    getFiles: () => Promise.resolve(['file:///plugin/a.yaml', 'file:///plugin/link.yaml']),
    ...fields,
  };
  const files = new InMemoryFileSystem({
    '/plugin/a.yaml': aTemplate('a'),
    '/elsewhere/secret.yaml': aTemplate('secret'),
  });
  files.link('/plugin/link.yaml', '/elsewhere/secret.yaml');
  const messages: string[] = [];
  const note = (message: string): void => void messages.push(message);
  const templates = new ProvidedTemplates({
    fileSystem: files,
    provided: () => [provider],
    logger: { warn: note, error: note } as unknown as Logger,
  });
  const refs = async (): Promise<readonly string[]> =>
    (await templates.load()).map(({ ref }) => ref);
  return { changed, files, messages, provider, refs, templates };
}

it('reads only files in the folder of the plugin', async () => {
  const { messages, refs } = aProvider();
  expect(await refs()).toEqual(['template:default/a']);
  expect(messages).toEqual([expect.stringContaining('link.yaml of Acme: it leads out of')]);
});

it('reads files once, and again when the provider reports a change', async () => {
  const { changed, files, refs, templates } = aProvider();
  const read = vi.spyOn(files, 'readFile');
  expect(await refs()).toEqual(['template:default/a']);
  const { length: before } = read.mock.calls;
  for (let count = 0; count < 10; count++) await refs();
  expect(read.mock.calls).toHaveLength(before);
  files.write('/plugin/a.yaml', aTemplate('b'));
  // Listeners get the changed templates at once.
  let after: Promise<readonly string[]> | undefined;
  templates.onDidChange(() => (after = refs()));
  changed.fire();
  expect(await after).toEqual(['template:default/b']);
});

it('asks a provider again that failed', async () => {
  const answers = [Promise.reject(new Error('busy')), Promise.resolve(['file:///plugin/a.yaml'])];
  const { refs, messages } = aProvider({ getFiles: () => answers.shift() ?? Promise.resolve([]) });
  expect(await refs()).toEqual([]);
  expect(messages).toEqual(["Can't list the templates of Acme"]);
  expect(await refs()).toEqual(['template:default/a']);
});
