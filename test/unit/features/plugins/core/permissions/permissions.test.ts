import { describe, expect, it } from 'vitest';
import {
  coreServices,
  createPortalPlugin,
  type EditsService,
  type NetworkService,
  type PluginCapabilities,
  type PortalPlugin,
  type StateService,
} from '../../../../../../src/api';
import { english, silentLogger } from '../../../../../../src/base';
import { PluginHost } from '../../../../../../src/features/plugins/core';
import { Permissions, PluginChoices } from '../../../../../../src/features/plugins/core/outside';

function memory(): StateService {
  const values = new Map<string, unknown>();
  return { get: key => values.get(key), set: async (key, value) => void values.set(key, value) };
}

type Plugins = { edits: EditsService; network: NetworkService };

interface PluginPlaceOfTest {
  readonly extension: string;
  readonly origin: 'extension' | 'builtin';
}

/** A host that offers edits and network, whose user answers questions in order. */
function aPortal(
  answers: (boolean | undefined)[] = [],
  state: { user: StateService; workspace: StateService } = { user: memory(), workspace: memory() },
) {
  const requests: string[] = [];
  const done: string[] = [];
  const choices = new PluginChoices(state);
  const permissions = new Permissions({
    choices,
    translate: english,
    async ask({ id, capabilities }, { capability }) {
      requests.push(`${id}: ${capability} ${JSON.stringify(capabilities[capability])}`);
      return answers.shift();
    },
  });
  const host = new PluginHost({
    logger: silentLogger,
    clock: { now: () => 0, yield: async () => {}, delay: () => new Promise(() => {}) },
    loadChoices: async () => choices,
    permissions,
  });
  host.register(
    createPortalPlugin({
      id: 'core',
      register(env) {
        env.registerService(coreServices.edits, {
          apply: async (_: unknown, { label }: { label: string }) => {
            done.push(label);
            return true;
          },
        } as unknown as EditsService);
        env.registerService(coreServices.network, {
          async fetch(url, { method = 'GET' } = {}) {
            done.push(`${method} ${url}`);
            return { status: 200, headers: new Map(), body: new Uint8Array() };
          },
        });
      },
    }),
  );
  /** Registers a plugin and returns its services. */
  const use = async (
    capabilities: PluginCapabilities,
    { extension = 'acme.tools', origin = 'extension' }: Partial<PluginPlaceOfTest> = {},
  ): Promise<Plugins> => {
    let services: Plugins | undefined;
    host.register(
      aPlugin(capabilities, found => (services = found)),
      { origin, extension },
    );
    await host.whenSettled();
    if (!services) throw new Error(host.plugins.at(-1)?.error);
    return services;
  };
  const log = (): unknown =>
    host.details
      .find(({ id }) => id === 'acme')
      ?.activity?.uses.map(({ detail, isAllowed }) => `${detail} ${isAllowed ? 'yes' : 'no'}`);
  return { host, choices, requests, done, use, log, state };
}

function aPlugin(
  capabilities: PluginCapabilities,
  found: (services: Plugins) => void,
): PortalPlugin {
  return createPortalPlugin({
    id: 'acme',
    capabilities,
    register(env) {
      env.registerInit({
        deps: { edits: coreServices.edits, network: coreServices.network },
        init(services) {
          found(services);
        },
      });
    },
  });
}

const edit = ({ edits }: Plugins, label = 'Set owner'): Promise<boolean> =>
  edits.apply([], { label });

describe('Capabilities', () => {
  it('refuses what is not declared, without a question', async () => {
    const { use, requests: asked, done, log } = aPortal();
    const services = await use({});
    await expect(edit(services)).rejects.toThrow(
      'Plugin "acme" doesn\'t declare the capability "edits"',
    );
    expect([asked, done, log()]).toEqual([[], [], ['Set owner no']]);
  });

  it('asks once, however many calls wait, and logs each use', async () => {
    const { use, requests: asked, done, log } = aPortal([true]);
    const services = await use({ edits: true });
    await Promise.all([edit(services), edit(services, 'Add tag')]);
    await edit(services, 'Set system');
    expect(asked).toEqual(['acme: edits true']);
    expect(done).toEqual(['Set owner', 'Add tag', 'Set system']);
    expect(log()).toEqual(['Set system yes', 'Add tag yes', 'Set owner yes']);
  });

  it('keeps a refusal for later sessions, and until the user changes it', async () => {
    const first = aPortal([false]);
    await expect(edit(await first.use({ edits: true }))).rejects.toThrow(
      'Plugin "acme" isn\'t allowed to use the capability "edits".',
    );
    const second = aPortal([true], first.state);
    const services = await second.use({ edits: true });
    await expect(edit(services)).rejects.toThrow();
    expect(second.requests).toEqual([]);
    const [, plugin] = second.host.details;
    if (plugin) await second.choices.setGrant(plugin, 'edits', 'allowed');
    await expect(edit(services)).resolves.toBe(true);
  });

  it('does nothing without an answer, and asks again in a later session', async () => {
    const first = aPortal([undefined]);
    await expect(edit(await first.use({ edits: true }))).rejects.toThrow();
    const second = aPortal([true], first.state);
    await expect(edit(await second.use({ edits: true }))).resolves.toBe(true);
  });

  it('asks again for another extension, and for more hosts', async () => {
    const first = aPortal([true, true, true]);
    const url = 'https://api.acme.dev/v1?token=x';
    await (await first.use({ network: ['api.acme.dev'] })).network.fetch(url);
    const other = aPortal([true], first.state);
    const impostor = await other.use({ network: ['api.acme.dev'] }, { extension: 'evil.tools' });
    await impostor.network.fetch(url);
    expect(other.requests).toHaveLength(1);
    const more = aPortal([true], first.state);
    await (await more.use({ network: ['api.acme.dev', '*.acme.io'] })).network.fetch(url);
    expect(more.requests).toEqual(['acme: network ["api.acme.dev","*.acme.io"]']);
    expect(more.log()).toEqual(['GET https://api.acme.dev/v1 yes']);
  });

  it.each([
    'https://evil.dev/api.acme.dev',
    'https://acme.dev.evil.dev/',
    'https://acme.dev/',
    'http://api.acme.dev/',
    'https://api.acme.dev@evil.dev/',
    'https://:word@api.acme.dev/',
  ])('does not contact %s', async url => {
    const { use, done } = aPortal([true]);
    const { network } = await use({ network: ['api.acme.dev', '*.acme.dev'] });
    await expect(network.fetch(url)).rejects.toThrow();
    expect(done).toEqual([]);
  });

  it('sends the request that it logs', async () => {
    const { use, done, log } = aPortal([true]);
    const { network } = await use({ network: ['api.acme.dev'] });
    let reads = 0;
    await network.fetch('https://api.acme.dev/', {
      get method() {
        return reads++ ? ('DELETE' as const) : ('GET' as const);
      },
    });
    expect(log()).toEqual(['GET https://api.acme.dev/ yes']);
    expect(done).toEqual(['GET https://api.acme.dev/']);
  });

  it('asks for nothing that built-in plugins do', async () => {
    const { use, requests: asked, host } = aPortal();
    await expect(edit(await use({}, { origin: 'builtin' }))).resolves.toBe(true);
    expect(asked).toEqual([]);
    expect(host.details.map(({ origin }) => origin)).toEqual(['builtin', 'builtin']);
  });

  it('ignores capabilities of a wrong shape', async () => {
    const { use } = aPortal();
    const wrong = { edits: 'yes', network: 'api.acme.dev' } as unknown as PluginCapabilities;
    await expect(edit(await use(wrong))).rejects.toThrow("doesn't declare");
  });
});

describe('Disabled plugins', () => {
  it('stops a plugin for this and later sessions, and starts it again', async () => {
    const first = aPortal();
    await first.use({});
    await first.host.setEnabled('acme', false);
    await first.host.whenSettled();
    expect(first.host.plugins.at(-1)).toMatchObject({ id: 'acme', status: 'disabled' });
    const second = aPortal([], first.state);
    await expect(second.use({})).rejects.toThrow();
    await second.host.setEnabled('acme', true);
    await second.host.whenSettled();
    expect(second.host.plugins.at(-1)).toMatchObject({ id: 'acme', status: 'active' });
  });

  it('does not disable parts of Callboard', async () => {
    const { host } = aPortal();
    await expect(host.setEnabled('core', false)).rejects.toThrow('part of Callboard');
  });
});
