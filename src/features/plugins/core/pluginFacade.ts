import {
  type ActionsService,
  coreServices,
  type EntityProvider,
  extensionPoints,
  type NetworkService,
  type ProgramsService,
  type SecretsService,
  type StateService,
} from '../../../api';
import { isAbort, type Logger } from '../../../base';
import { meterContribution } from './meterContribution';
import {
  type CapabilityRequest,
  declaredPermissions,
  type Permissions,
} from './permissions/permissions';
import { ownerOf, type PluginIdentity, statePrefix } from './permissions/pluginIdentity';
import type { PluginActivity } from './pluginActivity';
import { assertHas, isObject } from './pluginShapes';

/** Maximum length of the name of a contribution. */
const MAX_NAME = 100;
/** Maximum size of the stored values of a plugin, in characters of JSON. */
const MAX_STATE = 1024 * 1024;

export interface PluginFacadeDeps {
  readonly identity: PluginIdentity;
  readonly activity: PluginActivity;
  /** Default: plugins may do what they declare. */
  readonly permissions: Pick<Permissions, 'demand'> | undefined;
}

/** Methods that need a capability, by service. They return promises. */
const guardedMethods: ReadonlyMap<string, readonly [CapabilityRequest['capability'], string[]]> =
  new Map([
    [coreServices.edits.id, ['edits', ['apply', 'setFields', 'replaceValue', 'ignoreProblem']]],
    [coreServices.docsBuilder.id, ['edits', ['build']]],
    [coreServices.scaffolder.id, ['edits', ['acceptTest', 'start', 'create', 'tasks']]],
    [coreServices.instances.id, ['sources', ['getInstances', 'getInstance']]],
    [
      coreServices.sources.id,
      [
        'sources',
        [
          'refresh',
          'cancelFetch',
          'check',
          'fetchEntity',
          'findEntities',
          'remove',
          'forget',
          'add',
          'setAllowedKinds',
          'setToken',
          'removeToken',
          'signIn',
          'signOut',
        ],
      ],
    ],
  ]);

/** Members that contributions must have, by extension point. The others check theirs themselves. */
const neededMembers: ReadonlyMap<string, readonly [texts: string[], methods: string[]]> = new Map([
  [extensionPoints.entityProviders.id, [[], ['getProviderName', 'connect']]],
  [extensionPoints.catalogProcessors.id, [[], ['getProcessorName']]],
  [extensionPoints.treeGroupings.id, [['id', 'label'], ['groupsOf']]],
  [extensionPoints.entityCommands.id, [['id', 'title'], ['run']]],
  [
    extensionPoints.searchCollators.id,
    [
      ['id', 'title'],
      ['getSources', 'collate'],
    ],
  ],
  [extensionPoints.searchProviders.id, [['id', 'title'], ['find']]],
  [extensionPoints.scaffolderActions.id, [['id'], ['handler']]],
  [extensionPoints.scaffolderTemplates.id, [['id', 'title', 'folder'], ['getFiles']]],
]);

/** Services and extension points as a plugin of another extension or a workspace sees them. */
export class PluginFacade {
  readonly #deps: PluginFacadeDeps;

  constructor(deps: PluginFacadeDeps) {
    this.#deps = deps;
  }

  /** Returns a service of Callboard for the plugin. */
  serviceOf(id: string, service: unknown): unknown {
    if (!isObject(service)) return service;
    const guarded = guardedMethods.get(id);
    if (guarded) return this.#guard(service, guarded);
    if (id === coreServices.network.id) return this.#network(service as NetworkService);
    if (id === coreServices.programs.id) return this.#programs(service as ProgramsService);
    if (id === coreServices.secrets.id) return this.#secrets(service as SecretsService);
    if (id === coreServices.state.id) return scopedState(service as StateService, this.#deps);
    if (id === coreServices.logger.id) return taggedLogger(service as Logger, this.#deps.identity);
    if (id === coreServices.actions.id) return this.#actions(service as ActionsService);
    return service;
  }

  /**
   * Returns an object that the plugin contributes, with its calls measured.
   *
   * @throws TypeError if it lacks what the extension point needs
   */
  contribute(contribution: object, point: string): object {
    const [texts, methods] = neededMembers.get(point) ?? [[], []];
    assertHas(contribution, `contribution to "${point}"`, { texts, methods });
    const { activity } = this.#deps;
    const name = nameOf(contribution);
    activity.addContribution(contribution, point, name);
    const isProvider = point === extensionPoints.entityProviders.id;
    return meterContribution(contribution, {
      onCall: (method, time) => activity.addCall(contribution, `${method}() of ${name}`, time),
      onPending: () => activity.addPending(contribution),
      onError(method, error) {
        if (!isAbort(error)) activity.addError(contribution, `${method}() of ${name}`, error);
      },
      argumentsOf: (method, args) =>
        isProvider && method === 'connect' ? this.#connection(contribution, args) : args,
    });
  }

  /** Attributes refused mutations to the provider. */
  #connection(provider: object, [connection, ...others]: readonly unknown[]): readonly unknown[] {
    const { activity } = this.#deps;
    const provided = connection as Parameters<EntityProvider['connect']>[0];
    const watched: Parameters<EntityProvider['connect']>[0] = {
      async applyMutation(mutation) {
        try {
          await provided.applyMutation(mutation);
        } catch (error) {
          activity.addError(provider, `applyMutation() of ${nameOf(provider)}`, error);
          throw error;
        }
      },
    };
    return [watched, ...others];
  }

  #guard(
    service: object,
    [capability, methods]: readonly [CapabilityRequest['capability'], readonly string[]],
  ): object {
    const guarded = new Set<PropertyKey>(methods);
    const demand = (detail: string): Promise<void> => this.#demand({ capability, detail });
    return new Proxy<object>(
      {},
      {
        get(_, key) {
          const value: unknown = Reflect.get(service, key);
          if (typeof value !== 'function') return value;
          const call = (args: unknown[]): unknown => Reflect.apply(value, service, args);
          if (!guarded.has(key)) return (...args: unknown[]) => call(args);
          return async (...args: unknown[]) => {
            await demand(detailOf(String(key), args));
            return call(args);
          };
        },
      },
    );
  }

  #network(service: NetworkService): NetworkService {
    return Object.freeze<NetworkService>({
      fetch: async (url, request) => {
        const { protocol, hostname, username, password, href } = new URL(url);
        if (protocol !== 'https:' || username !== '' || password !== '') {
          throw new TypeError('Requests of plugins need an https: URL without a user name');
        }
        // A copy, so that the request is the one in the log, even if the plugin changes its object.
        const { headers, ...others } = { ...request };
        const copy = { ...others, ...(headers && { headers: { ...headers } }) };
        const { method = 'GET' } = copy;
        // Without the query, which may hold a secret.
        const detail = `${method} ${href.split(/[?#]/, 1)[0] ?? ''}`;
        await this.#demand({ capability: 'network', detail, target: hostname });
        return service.fetch(href, copy);
      },
    });
  }

  #programs(service: ProgramsService): ProgramsService {
    return Object.freeze<ProgramsService>({
      run: async (program, options) => {
        const target = String(program);
        await this.#demand({ capability: 'run', detail: target, target });
        return service.run(target, options);
      },
    });
  }

  #secrets(service: SecretsService): SecretsService {
    const keyOf = (key: unknown): string => `${ownerOf(this.#deps.identity)}/${String(key)}`;
    return Object.freeze<SecretsService>({
      get: async key => {
        await this.#demand({ capability: 'secrets', detail: `get ${String(key)}` });
        return service.get(keyOf(key));
      },
      set: async (key, value) => {
        await this.#demand({ capability: 'secrets', detail: `set ${String(key)}` });
        await service.set(keyOf(key), value);
      },
    });
  }

  #demand(request: CapabilityRequest): Promise<void> {
    const { identity, activity, permissions = declaredPermissions } = this.#deps;
    return permissions.demand(identity, activity, request);
  }

  #actions(service: ActionsService): ActionsService {
    const { activity } = this.#deps;
    return Object.freeze<ActionsService>({
      run: (name, action) => service.run(name, action),
      withProgress: (title, task) => service.withProgress(title, task),
      registerCommand: (id, action) =>
        service.registerCommand(id, async (...args) => {
          try {
            return await action(...args);
          } catch (error) {
            if (!isAbort(error)) activity.addError(undefined, `Command ${id}`, error);
            throw error;
          }
        }),
    });
  }
}

/** Returns the state of a plugin of others, which has keys of its own. */
function scopedState(state: StateService, { identity }: PluginFacadeDeps): StateService {
  const keyOf = (key: unknown): string => statePrefix(identity) + String(key);
  return Object.freeze<StateService>({
    get: key => state.get(keyOf(key)),
    async set(key, value) {
      const size = value === undefined ? 0 : (JSON.stringify(value) ?? '').length;
      if (size > MAX_STATE) {
        throw new RangeError(`The value of "${String(key)}" is larger than 1 MB as JSON`);
      }
      await state.set(keyOf(key), value);
    },
  });
}

function taggedLogger(logger: Logger, { id }: PluginIdentity): Logger {
  const tagged = (message: unknown): string => `[${id}] ${String(message)}`;
  return Object.freeze<Logger>({
    trace: message => logger.trace(tagged(message)),
    debug: message => logger.debug(tagged(message)),
    info: message => logger.info(tagged(message)),
    warn: message => logger.warn(tagged(message)),
    error: (message, error) => logger.error(tagged(message), error),
  });
}

/** Returns what a call does, such as `Set owner of orders`, or the name of the method. */
function detailOf(method: string, args: readonly unknown[]): string {
  for (const arg of args) {
    if (typeof arg !== 'object' || arg === null) continue;
    const label: unknown = Reflect.get(arg, 'label');
    if (typeof label === 'string' && label !== '') return label;
  }
  const [first] = args;
  return typeof first === 'string' ? `${method}: ${first}` : method;
}

/** Returns the name of a contribution for the user. */
function nameOf(contribution: object): string {
  try {
    for (const key of ['title', 'label', 'id', 'getProviderName', 'getProcessorName']) {
      const value: unknown = Reflect.get(contribution, key);
      const name: unknown =
        typeof value === 'function' ? Reflect.apply(value, contribution, []) : value;
      if (typeof name === 'string' && name !== '') return name.slice(0, MAX_NAME);
    }
    return '';
  } catch {
    // A plugin's property can throw.
    return '';
  }
}
