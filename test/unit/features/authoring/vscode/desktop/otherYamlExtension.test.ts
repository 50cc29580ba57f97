import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../../../../src/base';
import { OtherYamlExtension } from '../../../../../../src/features/authoring/vscode/desktop/otherYamlExtension';
import { aComponent } from '../../../../../support/descriptors';

type RequestSchema = (resource: string) => string | undefined;

/** A stub of Red Hat's extension with only the API used here. */
class YamlExtensionStub {
  readonly registrations: { scheme: string; requestSchema: RequestSchema }[] = [];
  readonly exports = {
    registerContributor: (scheme: string, requestSchema: RequestSchema): boolean => {
      if (this.registrations.some(known => known.scheme === scheme)) return false;
      this.registrations.push({ scheme, requestSchema });
      return true;
    },
  };

  activate(): Promise<unknown> {
    return Promise.resolve(this.exports);
  }
}

/** The window's state and messages that the tested class uses. */
const editor = vi.hoisted(() => ({
  setting: 'auto',
  installed: undefined as { activate(): Promise<unknown> } | undefined,
  documents: [] as object[],
  messages: [] as string[],
  extensionsChanged: undefined as (() => void) | undefined,
  settingsChanged: undefined as (() => void) | undefined,
}));

vi.mock('vscode', () => {
  const none = { dispose: () => undefined };
  return {
    extensions: {
      getExtension: (id: string) => (id === 'redhat.vscode-yaml' ? editor.installed : undefined),
      onDidChange: (listener: () => void) => {
        editor.extensionsChanged = listener;
        return none;
      },
    },
    workspace: {
      get textDocuments() {
        return editor.documents;
      },
      getConfiguration: () => ({ get: () => editor.setting }),
      onDidChangeConfiguration: (listener: (event: object) => void) => {
        editor.settingsChanged = () => listener({ affectsConfiguration: () => true });
        return none;
      },
    },
    window: {
      showInformationMessage: (message: string) => {
        editor.messages.push(message);
        return Promise.resolve(undefined);
      },
    },
    l10n: { t: (text: string) => text },
    commands: {},
    Uri: {},
  };
});

const uri = { scheme: 'file', authority: '', path: '/a.yaml', toString: () => 'file:///a.yaml' };

describe("Red Hat's YAML extension", () => {
  let revision = 1;
  let other: OtherYamlExtension;
  let changes: boolean[];

  beforeEach(() => {
    Object.assign(editor, { setting: 'auto', installed: undefined, messages: [] });
    editor.documents = [{ uri, version: 1, getText: () => aComponent('a') }];
    changes = [];
  });
  afterEach(() => other.dispose());

  async function open(): Promise<void> {
    other = new OtherYamlExtension({
      logger: silentLogger,
      declaredKinds: () => [],
      revision: () => revision,
      contentOf: () => Promise.resolve('{}'),
    });
    other.onDidChange(() => changes.push(other.isDelegated));
    await settled();
  }

  async function settled(): Promise<void> {
    await new Promise(resolve => setTimeout(resolve));
  }

  async function set(setting: string): Promise<void> {
    editor.setting = setting;
    editor.settingsChanged?.();
    await settled();
  }

  async function install(stub: YamlExtensionStub | undefined): Promise<void> {
    editor.installed = stub;
    editor.extensionsChanged?.();
    await settled();
  }

  it("completes and explains with Callboard's schemas when installed", async () => {
    const stub = new YamlExtensionStub();
    editor.installed = stub;
    await open();
    expect(other.isDelegated).toBe(true);
    expect(stub.registrations.map(({ scheme }) => scheme)).toEqual(['callboard-schema']);
    const ask = stub.registrations[0]?.requestSchema;
    expect(ask?.('file:///a.yaml')).toBe(`callboard-schema:/descriptors/${revision}`);
    expect(ask?.('file:///other.yaml')).toBeUndefined();
  });

  it('is ignored silently when not installed', async () => {
    await open();
    expect([other.isDelegated, changes, editor.messages]).toEqual([false, [], []]);
  });

  it('gets nothing when not selected', async () => {
    const stub = new YamlExtensionStub();
    Object.assign(editor, { installed: stub, setting: 'builtin' });
    await open();
    expect([other.isDelegated, stub.registrations, editor.messages]).toEqual([false, [], []]);
  });

  it('is reported missing once when selected', async () => {
    editor.setting = 'redhat';
    await open();
    await set('auto');
    await set('redhat');
    expect(other.isDelegated).toBe(false);
    expect(editor.messages).toHaveLength(1);
    await install(new YamlExtensionStub());
    expect(other.isDelegated).toBe(true);
  });

  it('can be removed, installed again and replaced', async () => {
    await open();
    const first = new YamlExtensionStub();
    await install(first);
    const ask = first.registrations[0]?.requestSchema;
    await install(undefined);
    expect(ask?.('file:///a.yaml')).toBeUndefined();
    await install(first);
    expect(ask?.('file:///a.yaml')).toBeDefined();
    const second = new YamlExtensionStub();
    await install(second);
    expect([first.registrations.length, second.registrations.length]).toEqual([1, 1]);
    expect(changes).toEqual([true, false, true]);
  });

  it('gets no schemas while the setting excludes it', async () => {
    const stub = new YamlExtensionStub();
    editor.installed = stub;
    await open();
    const ask = (): string | undefined => stub.registrations[0]?.requestSchema('file:///a.yaml');
    await set('builtin');
    expect(ask()).toBeUndefined();
    await set('redhat');
    expect(ask()).toBeDefined();
    expect(stub.registrations).toHaveLength(1);
    expect(changes).toEqual([true, false, true]);
  });

  it('gets another URI when the schemas or the text change', async () => {
    const stub = new YamlExtensionStub();
    editor.installed = stub;
    await open();
    const ask = (): string | undefined => stub.registrations[0]?.requestSchema('file:///a.yaml');
    const before = ask();
    revision++;
    expect(ask()).not.toBe(before);
    Object.assign(editor.documents[0] ?? {}, { version: 2, getText: () => 'plain: yaml\n' });
    expect(ask()).toBeUndefined();
  });

  it.each([
    ['fails to start', { activate: () => Promise.reject(new Error('no')) }],
    ['exports nothing', { activate: () => Promise.resolve(undefined) }],
    [
      'already has such a contributor',
      { activate: () => Promise.resolve({ registerContributor: () => false }) },
    ],
  ])('is ignored if it %s', async (_, installed) => {
    editor.installed = installed;
    await open();
    expect(other.isDelegated).toBe(false);
  });
});
