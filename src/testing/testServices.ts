import type {
  ActionsService,
  CatalogSourcesService,
  ConfigService,
  IdentityService,
  SecretsService,
  StateService,
} from '../api';
import { type Disposable, Emitter, errorMessage, type Logger, toDisposable } from '../base';
import { missingService } from '../features/plugins/core';
import type { TestLogEntry } from './contract';

/** The host in messages about missing services. */
export const TEST_PORTALS = 'Test portals';

/** Log in memory. */
export class TestLogger implements Logger {
  readonly entries: TestLogEntry[] = [];

  trace(): void {}

  debug(message: string): void {
    this.entries.push({ level: 'debug', message });
  }

  info(message: string): void {
    this.entries.push({ level: 'info', message });
  }

  warn(message: string): void {
    this.entries.push({ level: 'warn', message });
  }

  error(message: string, error?: unknown): void {
    const detail = error === undefined ? '' : `: ${errorMessage(error)}`;
    this.entries.push({ level: 'error', message: `${message}${detail}` });
  }
}

/** Settings in memory. */
export class TestConfig implements ConfigService {
  #values: Map<string, unknown>;
  #changed = new Emitter<{ affects(key: string): boolean }>();

  readonly onDidChange = this.#changed.event;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = new Map(Object.entries(values));
  }

  get(key: string): unknown {
    return this.#values.get(key);
  }

  set(values: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(values)) this.#values.set(key, value);
    const keys = Object.keys(values);
    this.#changed.fire({
      affects: key => keys.some(changed => changed === key || changed.startsWith(`${key}.`)),
    });
  }
}

/** Runs actions without an editor: errors are logged and thrown. */
export class TestActions implements ActionsService {
  #commands = new Map<string, (...args: unknown[]) => unknown>();

  async run<T>(_name: string, action: () => T | Promise<T>): Promise<T> {
    return action();
  }

  async withProgress<T>(
    _title: string,
    task: Parameters<ActionsService['withProgress']>[1],
  ): Promise<T> {
    return task({ signal: new AbortController().signal, report: () => {} }) as Promise<T>;
  }

  registerCommand(id: string, action: (...args: unknown[]) => unknown): Disposable {
    if (this.#commands.has(id)) throw new Error(`The command "${id}" is registered already`);
    this.#commands.set(id, action);
    return toDisposable(() => this.#commands.delete(id));
  }

  async execute(id: string, args: readonly unknown[]): Promise<unknown> {
    const command = this.#commands.get(id);
    if (!command) throw new Error(`There is no command "${id}"`);
    return command(...args);
  }
}

/** State in memory. */
export function testState(): StateService {
  const values = new Map<string, unknown>();
  return {
    get: key => values.get(key),
    async set(key, value) {
      if (value === undefined) values.delete(key);
      // A copy, as if it were written and read.
      else values.set(key, JSON.parse(JSON.stringify(value)) as unknown);
    },
  };
}

/** Secrets in memory. */
export function testSecrets(): SecretsService {
  const secrets = new Map<string, string>();
  return {
    get: async key => secrets.get(key),
    async set(key, value) {
      if (value === undefined) secrets.delete(key);
      else secrets.set(key, value);
    },
  };
}

/** A user whose refs are in the setting `user.entityRef`. */
export function testIdentity(config: TestConfig): IdentityService {
  return {
    getOwnershipRefs() {
      const ref = config.get('user.entityRef');
      return typeof ref === 'string' ? [ref] : [];
    },
    onDidChange: listener =>
      config.onDidChange(change => {
        if (change.affects('user')) listener();
      }),
  };
}

/** Sources of a catalog that has none. */
export function testSources(): CatalogSourcesService {
  return missingService<CatalogSourcesService>('core.sources', TEST_PORTALS, {
    getSources: () => [],
    getSettingProblems: () => [],
    getSourceOf: () => undefined,
    getOriginOf: () => ({ from: undefined, alsoIn: [] }),
    getPlaceOf: () => undefined,
    findAddresses: async () => new Map(),
    fetchEntity: async () => false,
    findEntities: async () => {},
    refresh: async () => {},
  });
}
