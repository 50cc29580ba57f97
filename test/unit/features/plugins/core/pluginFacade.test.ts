import { describe, expect, it } from 'vitest';
import {
  coreServices,
  createExtensionPoint,
  createPortalPlugin,
  type Disposable,
  type PluginDeps,
  type PluginInit,
  type PortalPlugin,
  toDisposable,
} from '../../../../../src/api';
import { type Logger, silentLogger } from '../../../../../src/base';
import { PluginHost } from '../../../../../src/features/plugins/core';
import type { PluginIdentity } from '../../../../../src/features/plugins/core/permissions/pluginIdentity';
import { PluginActivity } from '../../../../../src/features/plugins/core/pluginActivity';
import { PluginFacade } from '../../../../../src/features/plugins/core/pluginFacade';

interface Sign {
  readonly title?: string;
  read?(): unknown;
}
const signsPoint = createExtensionPoint<{ addSign(sign: Sign): Disposable }>({ id: 'test.signs' });

/** A host with a built-in plugin that offers state, a logger and an extension point. */
function aPortal() {
  const state = new Map<string, unknown>();
  const signs = new Set<Sign>();
  const log: string[] = [];
  let now = 0;
  const write = (message: string): void => void log.push(message);
  const logger: Logger = { ...silentLogger, info: write, error: write };
  const host = new PluginHost({
    logger: silentLogger,
    clock: { now: () => now, yield: async () => {}, delay: () => new Promise(() => {}) },
  });
  host.register(
    createPortalPlugin({
      id: 'core',
      register(env) {
        env.registerService(coreServices.logger, logger);
        env.registerService(coreServices.state, {
          get: key => state.get(key),
          set: async (key, value) => void state.set(key, value),
        });
        env.registerExtensionPoint(signsPoint, {
          addSign(sign) {
            signs.add(sign);
            return toDisposable(() => signs.delete(sign));
          },
        });
      },
    }),
  );
  const add = async <T extends PluginDeps>(id: string, init: PluginInit<T>): Promise<void> => {
    host.register(aPlugin(id, init), { origin: 'extension', extension: 'acme.tools' });
    await host.whenSettled();
  };
  const activity = (id: string) => host.details.find(plugin => plugin.id === id)?.activity;
  return { host, add, activity, state, signs, log, pass: (time: number) => (now += time) };
}

function aPlugin<T extends PluginDeps>(id: string, init: PluginInit<T>): PortalPlugin {
  return createPortalPlugin({ id, register: env => env.registerInit(init) });
}

/** A plugin's `init` that adds signs. */
function adding(...signs: readonly Sign[]): PluginInit<{ point: typeof signsPoint }> {
  return {
    deps: { point: signsPoint },
    init: ({ point }) => {
      for (const sign of signs) point.addSign(sign);
    },
  };
}

describe('State and log of a plugin', () => {
  it('keeps the state of plugins of others apart', async () => {
    const { host, add, state } = aPortal();
    state.set('tree.grouping', 'owner');
    const seen: unknown[] = [];
    const init: PluginInit<{ state: typeof coreServices.state }> = {
      deps: { state: coreServices.state },
      async init({ state: own }) {
        seen.push(own.get('tree.grouping'));
        await own.set('tree.grouping', 'mine');
      },
    };
    await add('acme', init);
    host.register(aPlugin('built-in', init));
    await host.whenSettled();
    expect(seen).toEqual([undefined, 'owner']);
    expect([...state]).toEqual([
      ['tree.grouping', 'mine'],
      ['plugin:acme.tools/acme:tree.grouping', 'mine'],
    ]);
  });

  it('refuses values that are too large', async () => {
    const { host, add } = aPortal();
    await add('acme', {
      deps: { state: coreServices.state },
      init: ({ state }) => state.set('all', 'x'.repeat(2 ** 20)),
    });
    expect(host.plugins.at(-1)?.error).toBe('The value of "all" is larger than 1 MB as JSON');
  });

  it('writes the id of the plugin into the log', async () => {
    const { add, log } = aPortal();
    await add('acme', {
      deps: { logger: coreServices.logger },
      init: ({ logger }) => logger.info('Ready'),
    });
    expect(log).toEqual(['[acme] Ready']);
  });
});

describe('Activity of a plugin', () => {
  it('counts calls and errors of contributions, and each error once', async () => {
    const { host, add, activity, signs } = aPortal();
    const sign: Sign = Object.freeze({
      title: 'Exit',
      read() {
        throw new Error('Too dark');
      },
    });
    await add('acme', adding(sign));
    const [metered] = signs;
    for (let call = 0; call < 2; call++) {
      try {
        metered?.read?.();
      } catch (error) {
        host.reportFailure(metered ?? {}, 'read() of the sign', error);
      }
    }
    const { contributions, errors, errorCount } = activity('acme') ?? {};
    expect(contributions).toMatchObject([
      { point: 'test.signs', name: 'Exit', calls: 2, errors: 2, hanging: 0 },
    ]);
    expect(errors).toEqual([{ what: 'read() of Exit', message: 'Too dark', at: 0, count: 2 }]);
    expect(errorCount).toBe(2);
    expect(host.pluginOf(sign)).toBe('acme');
    expect(Object.keys(metered ?? {})).toEqual(['title', 'read']);
  });

  it('names calls that are not answered', async () => {
    const { add, activity, signs, pass } = aPortal();
    await add('acme', adding({ read: () => new Promise(() => {}) }, { read: async () => {} }));
    await Promise.all([...signs].slice(1).map(sign => sign.read?.()));
    void [...signs][0]?.read?.();
    pass(10_000);
    expect(activity('acme')?.contributions.map(({ hanging }) => hanging)).toEqual([1, 0]);
  });

  it('uses members of classes with private fields', async () => {
    class Counter implements Sign {
      #count = 0;
      read(): number {
        return ++this.#count;
      }
    }
    const { add, signs } = aPortal();
    await add('acme', adding(new Counter()));
    const [counter] = signs;
    counter?.read?.();
    expect(counter?.read?.()).toBe(2);
    expect(counter).toBeInstanceOf(Counter);
  });

  it('forgets contributions that are removed', async () => {
    const { host, add, activity, signs } = aPortal();
    await add('acme', adding({ title: 'Exit' }));
    host.reload('core');
    await host.whenSettled();
    expect(activity('acme')?.contributions).toHaveLength(1);
    expect(signs.size).toBe(1);
  });
});

describe('Ids of plugins', () => {
  it('reads an id once', async () => {
    const { host } = aPortal();
    let reads = 0;
    const plugin = Object.defineProperty(aPlugin('acme', { deps: {}, init() {} }), 'id', {
      get: () => (reads++ < 2 ? 'acme' : 'core'),
    });
    expect(() => host.register(plugin, { origin: 'extension' })).toThrow('already registered');
    expect(host.plugins.map(({ id }) => id)).toEqual(['core']);
  });

  it('refuses an id that could be the key of another plugin', () => {
    const { host } = aPortal();
    const plugin = { ...aPlugin('acme', { deps: {}, init() {} }), id: 'acme:x' };
    expect(() => host.register(plugin)).toThrow(TypeError);
  });
});

describe('the sources of the catalog', () => {
  const methods = [
    'add',
    'cancelFetch',
    'check',
    'fetchEntity',
    'findEntities',
    'forget',
    'refresh',
    'remove',
    'removeToken',
    'setAllowedKinds',
    'setToken',
    'signIn',
    'signOut',
  ];

  it.each(methods)('need a capability for %s', async method => {
    const identity: PluginIdentity = {
      id: 'tool',
      title: 'Tool',
      origin: 'extension',
      extension: 'acme.tools',
      capabilities: {},
    };
    const facade = new PluginFacade({
      identity,
      activity: new PluginActivity(() => 0),
      permissions: { demand: () => Promise.reject(new Error('refused')) },
    });
    const service = facade.serviceOf(coreServices.sources.id, { [method]: async () => {} });
    const call = Reflect.get(service as object, method) as () => Promise<void>;
    await expect(call()).rejects.toThrow('refused');
  });
});
