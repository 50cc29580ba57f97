import { describe, expect, it } from 'vitest';
import {
  type ExtensionPoint,
  type PluginDeps,
  type PluginInit,
  type PortalPlugin,
  type ServiceRef,
  createExtensionPoint,
  createPortalPlugin,
  createServiceRef,
} from '../../../../../src/api';
import { type Disposable, type Logger, silentLogger, toDisposable } from '../../../../../src/base';
import { PluginHost } from '../../../../../src/features/plugins/core';

interface Board {
  pin(note: string): Disposable;
}
const boardPoint = createExtensionPoint<Board>({ id: 'board.notes' });
const greeting = createServiceRef<string>({ id: 'greeter.greeting' });

/** Actions of the plugins of one test, in order. */
let journal: string[] = [];

class CorkBoard implements Board {
  #notes: string[] = [];
  get notes(): readonly string[] {
    return this.#notes;
  }
  pin(note: string): Disposable {
    this.#notes.push(note);
    return toDisposable(() => this.#notes.splice(this.#notes.indexOf(note), 1));
  }
}

function aPlugin(options: {
  id: string;
  offers?: readonly ServiceRef<string>[];
  opens?: readonly [ExtensionPoint<Board>, Board];
  init?: PluginInit<PluginDeps>;
}): PortalPlugin {
  return createPortalPlugin({
    id: options.id,
    register(env) {
      for (const ref of options.offers ?? []) env.registerService(ref, `from ${options.id}`);
      if (options.opens) env.registerExtensionPoint(...options.opens);
      env.registerInit(
        options.init ?? {
          deps: {},
          init() {
            journal.push(`+${options.id}`);
            return toDisposable(() => journal.push(`-${options.id}`));
          },
        },
      );
    },
  });
}

/** A plugin that needs the greeting and logs its start and stop. */
function aUser(id: string, needs: ServiceRef<string> = greeting): PortalPlugin {
  return aPlugin({
    id,
    init: {
      deps: { word: needs },
      init({ word }) {
        journal.push(`+${id} ${String(word)}`);
        return toDisposable(() => journal.push(`-${id}`));
      },
    },
  });
}

function createHost(logger: Logger = silentLogger, slow?: Promise<void>): PluginHost {
  journal = [];
  return new PluginHost({
    logger,
    clock: {
      now: () => 0,
      yield: () => Promise.resolve(),
      delay: (_, signal) =>
        slow ??
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    },
  });
}

const statuses = (host: PluginHost): Record<string, string> =>
  Object.fromEntries(host.plugins.map(({ id, status }) => [id, status]));
const errorOf = (host: PluginHost, id: string): string | undefined =>
  host.plugins.find(plugin => plugin.id === id)?.error;

describe('Initialization order', () => {
  it('starts owners before users in any registration order', async () => {
    const host = createHost();
    const second = createServiceRef<string>({ id: 'second' });
    host.register(aUser('last', second));
    host.register(
      aPlugin({
        id: 'middle',
        offers: [second],
        init: { deps: { greeting }, init: () => void journal.push('+middle') },
      }),
    );
    host.register(aPlugin({ id: 'first', offers: [greeting] }));
    await host.whenSettled();
    expect(journal).toEqual(['+first', '+middle', '+last from middle']);
  });

  it('waits until everything of the same turn is registered', () => {
    const host = createHost();
    host.register(aPlugin({ id: 'a' }));
    expect(journal).toEqual([]);
    expect(statuses(host)).toEqual({ a: 'waiting' });
  });

  it('makes users wait for an asynchronous owner', async () => {
    const host = createHost();
    let finish = (): void => {};
    const init = (): Promise<void> => new Promise(resolve => (finish = resolve));
    host.register(aPlugin({ id: 'owner', offers: [greeting], init: { deps: {}, init } }));
    host.register(aUser('user'));
    host.register(aPlugin({ id: 'other' }));
    await Promise.resolve();
    expect(statuses(host)).toEqual({ owner: 'initializing', user: 'waiting', other: 'active' });
    finish();
    await host.whenSettled();
    expect(statuses(host)).toEqual({ owner: 'active', user: 'active', other: 'active' });
  });

  it('gives a plugin its own service', async () => {
    const host = createHost();
    const init = ({ greeting }: { greeting?: unknown }): void =>
      void journal.push(String(greeting));
    host.register(aPlugin({ id: 'a', offers: [greeting], init: { deps: { greeting }, init } }));
    await host.whenSettled();
    expect(journal).toEqual(['from a']);
  });
});

describe('Refs', () => {
  it('are equal if their ids are equal', async () => {
    const host = createHost();
    host.register(aPlugin({ id: 'owner', offers: [greeting] }));
    host.register(aUser('user', createServiceRef({ id: greeting.id })));
    await host.whenSettled();
    expect(statuses(host)).toEqual({ owner: 'active', user: 'active' });
  });

  it("of a service can't be used for an extension point", async () => {
    const host = createHost();
    host.register(aPlugin({ id: 'board', opens: [boardPoint, new CorkBoard()] }));
    host.register(aUser('user', createServiceRef({ id: boardPoint.id })));
    await host.whenSettled();
    expect(errorOf(host, 'user')).toBe(
      '"board.notes" is no service; it is declared as extension point',
    );
  });

  it('can be offered only once', async () => {
    const host = createHost();
    host.register(aPlugin({ id: 'first', offers: [greeting] }));
    host.register(aPlugin({ id: 'second', offers: [greeting] }));
    await host.whenSettled();
    expect(statuses(host)).toEqual({ first: 'active', second: 'failed' });
    expect(errorOf(host, 'second')).toBe(
      'service "greeter.greeting" is already offered by plugin "first"',
    );
  });
});

describe('Waiting plugins', () => {
  it('name the missing service', async () => {
    const host = createHost();
    host.register(aUser('user'));
    await host.whenSettled();
    expect(host.plugins).toEqual([
      {
        id: 'user',
        status: 'waiting',
        error: 'Waiting for service "greeter.greeting", which no plugin offers',
      },
    ]);
  });

  it('start when a late plugin offers the service', async () => {
    const host = createHost();
    host.register(aUser('user'));
    await host.whenSettled();
    host.register(aPlugin({ id: 'late', offers: [greeting] }));
    await host.whenSettled();
    expect(host.plugins).toEqual([
      { id: 'user', status: 'active', error: undefined },
      { id: 'late', status: 'active', error: undefined },
    ]);
  });

  it('name the failed plugin of the service', async () => {
    const host = createHost();
    const init = (): void => {
      throw new Error('no luck');
    };
    host.register(aPlugin({ id: 'owner', offers: [greeting], init: { deps: {}, init } }));
    host.register(aUser('user'));
    await host.whenSettled();
    expect(errorOf(host, 'user')).toBe(
      'Waiting for service "greeter.greeting" of plugin "owner", which is failed',
    );
  });
});

describe('Dependency cycles', () => {
  it('fail all their plugins and no others', async () => {
    const host = createHost();
    const [a, b] = ['a', 'b'].map(id => createServiceRef<string>({ id }));
    const nothing = (): void => {};
    host.register(aPlugin({ id: 'one', offers: [a!], init: { deps: { b: b! }, init: nothing } }));
    host.register(aPlugin({ id: 'two', offers: [b!], init: { deps: { a: a! }, init: nothing } }));
    host.register(aPlugin({ id: 'three' }));
    await host.whenSettled();
    expect(statuses(host)).toEqual({ one: 'failed', two: 'failed', three: 'active' });
    expect(errorOf(host, 'one')).toBe('Plugins depend on each other: "one" -> "two" -> "one"');
  });
});

describe('Failing plugin', () => {
  const failures: Record<string, PortalPlugin> = {
    'that throws in register()': createPortalPlugin({
      id: 'bad',
      register(env) {
        env.registerService(greeting, 'half');
        throw new Error('broken');
      },
    }),
    'that throws in init()': aPlugin({
      id: 'bad',
      offers: [greeting],
      init: {
        deps: {},
        init() {
          throw new Error('broken');
        },
      },
    }),
    'that rejects in init()': aPlugin({
      id: 'bad',
      offers: [greeting],
      init: { deps: {}, init: () => Promise.reject(new Error('broken')) },
    }),
  };
  for (const [name, plugin] of Object.entries(failures)) {
    it(`${name} is shown and logged once without affecting others`, async () => {
      const errors: string[] = [];
      const host = createHost({ ...silentLogger, error: message => errors.push(message) });
      host.register(plugin);
      host.register(aPlugin({ id: 'good' }));
      await host.whenSettled();
      host.register(aPlugin({ id: 'replacement', offers: [greeting] }));
      await host.whenSettled();
      expect(statuses(host)).toEqual({ bad: 'failed', good: 'active', replacement: 'active' });
      expect(errorOf(host, 'bad')).toBe('broken');
      expect(errors).toEqual([
        expect.stringMatching(/^Plugin "bad" failed in (register|init)\(\)$/),
      ]);
    });
  }

  it('leaves no contributions', async () => {
    const host = createHost();
    const board = new CorkBoard();
    host.register(aPlugin({ id: 'board', opens: [boardPoint, board] }));
    host.register(
      createPortalPlugin({
        id: 'bad',
        register(env) {
          env.registerInit({
            deps: { board: boardPoint },
            init({ board }) {
              board.pin('half done');
              throw new Error('broken');
            },
          });
        },
      }),
    );
    await host.whenSettled();
    expect(statuses(host)).toEqual({ board: 'active', bad: 'failed' });
    expect(board.notes).toEqual([]);
  });

  it.each([
    ['an undefined dependency', { deps: { typo: undefined }, init() {} }],
    ['no deps', { init() {} }],
    ['no init', { deps: {} }],
  ])('with %s fails alone', async (_, init) => {
    const host = createHost();
    host.register(aPlugin({ id: 'bad', init: init as unknown as PluginInit<PluginDeps> }));
    host.register(aPlugin({ id: 'good' }));
    await host.whenSettled();
    expect(statuses(host)).toEqual({ bad: 'failed', good: 'active' });
  });

  it('fails if init() returns anything other than disposables', async () => {
    const host = createHost();
    const init = (() => 42) as unknown as () => void;
    host.register(aPlugin({ id: 'bad', init: { deps: {}, init } }));
    await host.whenSettled();
    expect(errorOf(host, 'bad')).toBe(
      'init() must return a Disposable, an array of them, or nothing',
    );
  });

  it('disposes a partly invalid result of init()', async () => {
    const host = createHost();
    const init = (() => [
      toDisposable(() => journal.push('first')),
      undefined,
      toDisposable(() => journal.push('last')),
    ]) as unknown as () => void;
    host.register(aPlugin({ id: 'bad', init: { deps: {}, init } }));
    await host.whenSettled();
    expect(statuses(host)).toEqual({ bad: 'failed' });
    expect(journal).toEqual(['last', 'first']);
  });
});

describe('Removal', () => {
  it('disposes all contributions of the plugin, returned or not', async () => {
    const host = createHost();
    const board = new CorkBoard();
    host.register(aPlugin({ id: 'board', opens: [boardPoint, board] }));
    const registration = host.register(
      createPortalPlugin({
        id: 'notes',
        register(env) {
          env.registerInit({
            deps: { board: boardPoint },
            init({ board }) {
              board.pin('forgotten');
              board.pin('taken back').dispose();
              return [board.pin('returned')];
            },
          });
        },
      }),
    );
    await host.whenSettled();
    expect(board.notes).toEqual(['forgotten', 'returned']);
    registration.dispose();
    expect(board.notes).toEqual([]);
    expect(statuses(host)).toEqual({ board: 'active' });
  });

  it('stops users before owners and restarts them with a new owner', async () => {
    const host = createHost();
    const owner = host.register(aPlugin({ id: 'owner', offers: [greeting] }));
    host.register(aUser('user'));
    await host.whenSettled();
    owner.dispose();
    await host.whenSettled();
    expect(statuses(host)).toEqual({ user: 'waiting' });
    host.register(aPlugin({ id: 'heir', offers: [greeting] }));
    await host.whenSettled();
    expect(journal).toEqual([
      '+owner',
      '+user from owner',
      '-user',
      '-owner',
      '+heir',
      '+user from heir',
    ]);
  });

  it('disposes the result of an init() that ends too late', async () => {
    const host = createHost();
    let finish = (): void => {};
    const init = async (): Promise<Disposable> => {
      await new Promise<void>(resolve => (finish = resolve));
      return toDisposable(() => journal.push('disposed'));
    };
    const registration = host.register(aPlugin({ id: 'slow', init: { deps: {}, init } }));
    await Promise.resolve();
    registration.dispose();
    finish();
    await host.whenSettled();
    expect(journal).toEqual(['disposed']);
    expect(host.plugins).toEqual([]);
  });

  it('of the host stops users first, even if one throws', async () => {
    const errors: string[] = [];
    const host = createHost({ ...silentLogger, error: message => errors.push(message) });
    host.register(aPlugin({ id: 'owner', offers: [greeting] }));
    host.register(aUser('user'));
    const rude = {
      dispose() {
        throw new Error('no');
      },
    };
    host.register(aPlugin({ id: 'rude', init: { deps: {}, init: () => rude } }));
    await host.whenSettled();
    host.dispose();
    expect(journal.slice(-2)).toEqual(['-user', '-owner']);
    expect(errors).toEqual(['Can\'t dispose plugin "rude"']);
  });
});

describe('register', () => {
  it("rejects a value that isn't a plugin", () => {
    const host = createHost();
    for (const value of [undefined, {}, { $$type: 'portal-plugin', id: 'a' }]) {
      expect(() => host.register(value as unknown as PortalPlugin)).toThrow(
        new TypeError('Not a plugin. Create it with createPortalPlugin().'),
      );
    }
  });

  it('rejects a duplicate id until it is removed', () => {
    const host = createHost();
    const registration = host.register(aPlugin({ id: 'a' }));
    expect(() => host.register(aPlugin({ id: 'a' }))).toThrow('Plugin "a" is already registered');
    registration.dispose();
    expect(() => host.register(aPlugin({ id: 'a' }))).not.toThrow();
  });

  it('fires an event for every status change', async () => {
    const host = createHost();
    const seen: string[] = [];
    host.onDidChange(() => seen.push(statuses(host)['a'] ?? 'gone'));
    const registration = host.register(aPlugin({ id: 'a' }));
    await host.whenSettled();
    registration.dispose();
    expect(seen).toEqual(['waiting', 'active', 'gone']);
  });
});

it('warns about a slow init()', async () => {
  const warnings: string[] = [];
  const host = createHost(
    { ...silentLogger, warn: message => warnings.push(message) },
    Promise.resolve(),
  );
  const init = (): Promise<void> => new Promise<void>(() => {});
  host.register(aPlugin({ id: 'slow', init: { deps: {}, init } }));
  await new Promise(resolve => setImmediate(resolve));
  expect(warnings).toEqual([
    'Plugin "slow" is still initializing after 10 s. Its dependents are waiting.',
  ]);
});

it('returns the plugin of a contribution', async () => {
  interface Notes {
    pin(note: object): Disposable;
  }
  const point = createExtensionPoint<Notes>({ id: 'board.objects' });
  const note = { text: 'x' };
  const host = createHost();
  const board = createPortalPlugin({
    id: 'board',
    register: env => env.registerExtensionPoint(point, { pin: () => toDisposable(() => {}) }),
  });
  const writer = createPortalPlugin({
    id: 'writer',
    register: env =>
      env.registerInit({ deps: { notes: point }, init: ({ notes }) => notes.pin(note) }),
  });
  for (const plugin of [board, writer]) host.register(plugin);
  await host.whenSettled();
  expect([host.pluginOf(note), host.pluginOf({})]).toEqual(['writer', undefined]);
});
