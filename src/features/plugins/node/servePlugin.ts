import type { PluginInfo, PortalPlugin } from '../../../api';
import { Emitter, errorMessage, isRecord } from '../../../base';
import type { FileChange, FileStat, FileSystem, ParentPort } from '../../../platform/core/ports';
import { NodeClock } from '../../../platform/node';
import { createPortalApi, PluginHost } from '../core';
import {
  type CallHandler,
  type OpenPlugin,
  type PluginCalls,
  type ProcessorQuestion,
  type ProviderMutation,
  ThreadCalls,
} from '../core/headless';
import { loadPlugin } from './loadPlugin';
import { type ActionDeps, createThreadCore, ThreadContributions } from './threadCore';
import { RowsCatalog } from './rowsCatalog';

/** Longest time in milliseconds between a change and its notification, so that a plugin that fires often sends few. */
const PAUSE = 50;

/** Runs one plugin for the thread at the other end of a port. */
export function servePlugin(
  port: ParentPort,
  { createWorkspace }: Pick<ActionDeps, 'createWorkspace'>,
): void {
  const clock = new NodeClock();
  let opened: OpenedPlugin | undefined;
  const plugin = (): OpenedPlugin => {
    if (!opened) throw new Error("The plugin isn't open");
    return opened;
  };
  const changes = new Emitter<readonly FileChange[]>();
  const handlers: {
    readonly [Name in keyof PluginCalls]: (
      params: PluginCalls[Name]['params'],
      signal: AbortSignal,
    ) => PluginCalls[Name]['result'] | Promise<PluginCalls[Name]['result']>;
  } = {
    async open(params) {
      opened = await openPlugin(params, { calls, clock, changes });
      const { collators, filters, tools, actions, providers, processors, reportsProblems } =
        opened.contributions;
      return {
        reportsProblems,
        providers,
        processors,
        actions: actions.all().map(({ id, description, schema, supportsDryRun }) => ({
          id,
          ...(description !== undefined && { description }),
          ...(schema && { schema }),
          ...(supportsDryRun !== undefined && { supportsDryRun }),
        })),
        filters: filters.all().map(({ id, title }) => ({ id, title })),
        tools: tools.all().map(({ id, title, description, inputSchema }) => ({
          id,
          title,
          description,
          inputSchema,
        })),
        collators: collators
          .all()
          .map(({ id, title, icon, weight }) => ({ id, title, icon, weight })),
      };
    },
    update(rows) {
      plugin().catalog.update(rows);
      return undefined;
    },
    problems: files => files.map(file => plugin().contributions.problemsOf(file)),
    sources: (id, signal) => plugin().contributions.collator(id).getSources(signal),
    collate: ({ collator, source }, signal) =>
      plugin().contributions.collator(collator).collate(source, signal),
    filterValues: id => plugin().contributions.valuesOf(id, plugin().catalog),
    async tool({ id, input }, signal) {
      const tool = plugin().contributions.tools.get(id);
      if (!tool) throw new Error(`There is no tool "${id}"`);
      return tool.run(input, signal);
    },
    action: (params, signal) =>
      plugin().contributions.runAction(params, { createWorkspace, signal }),
    async connectProvider(provider) {
      await plugin().contributions.connectProvider(provider, async mutation => {
        const params: ProviderMutation = { provider, mutation };
        await calls.call('mutate', params);
      });
      return undefined;
    },
    async settle(_, signal) {
      signal.throwIfAborted();
      await plugin().host.whenSettled();
      for (const collator of plugin().contributions.collators.all()) await collator.settle?.();
      plugin().flush();
      return undefined;
    },
  };
  port.onQuestion(question => plugin().contributions.process(question as ProcessorQuestion));
  const calls = new ThreadCalls({
    port,
    clock,
    handlers: new Map(Object.entries(handlers) as [string, CallHandler][]),
    onNotify(method, params) {
      if (method === 'files' && Array.isArray(params)) changes.fire(params as FileChange[]);
    },
  });
}

interface OpenedPlugin {
  readonly host: PluginHost;
  readonly catalog: RowsCatalog;
  readonly contributions: ThreadContributions;
  /** Sends pending changes. */
  readonly flush: () => void;
}

async function openPlugin(
  { id, module, roots, exclude, catalog: rows }: OpenPlugin,
  deps: {
    readonly calls: ThreadCalls;
    readonly clock: NodeClock;
    readonly changes: Emitter<readonly FileChange[]>;
  },
): Promise<OpenedPlugin> {
  const { calls, clock, changes } = deps;
  const log = (level: string) => (message: string, error?: unknown) =>
    calls.notify('log', {
      level,
      message: error === undefined ? message : `${message}: ${errorMessage(error)}`,
    });
  const logger = {
    trace: log('trace'),
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
  };
  const catalog = new RowsCatalog(rows, (method, params) => calls.call(method, params));
  const host = new PluginHost({ logger, clock });
  const contributions = new ThreadContributions({ logger, pluginOf: item => host.pluginOf(item) });
  host.register(
    createThreadCore({
      catalog,
      contributions,
      clock,
      logger,
      roots,
      exclude,
      fileSystem: remoteFiles(calls),
      changes: changes.event,
    }),
  );
  const api = createPortalApi(host, catalog).getApi(1);
  const plugin: PortalPlugin = await loadPlugin(module, api);
  host.register(plugin);
  await host.whenSettled();
  assertIsActive(
    host.plugins.find(info => info.id === plugin.id),
    id,
  );
  const flush = notifyChanges(contributions, { calls, clock });
  return { host, catalog, contributions, flush };
}

/** @throws Error with the reason why the plugin isn't active */
function assertIsActive(info: PluginInfo | undefined, id: string): void {
  if (info?.status !== 'active') throw new Error(info?.error ?? `${id} isn't active`);
}

/**
 * Sends what changed, at most every few milliseconds.
 *
 * @returns sends pending changes now
 */
function notifyChanges(
  contributions: ThreadContributions,
  { calls, clock }: { readonly calls: ThreadCalls; readonly clock: NodeClock },
): () => void {
  const collators = new Map<string, Set<string> | undefined>();
  let isWaiting = false;
  const send = (): void => {
    isWaiting = false;
    const files = contributions.takeChangedFiles();
    if (files.length) calls.notify('problemsChanged', { files });
    for (const [id, sources] of collators) {
      calls.notify('collatorChanged', { id, ...(sources && { sources: [...sources] }) });
    }
    collators.clear();
  };
  const sendSoon = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    void clock.delay(PAUSE).then(send);
  };
  contributions.onDidChangeProblems(sendSoon);
  for (const collator of contributions.collators.all()) {
    collator.onDidChange(({ sources }) => {
      const before = collators.get(collator.id);
      const isAll = !sources || (collators.has(collator.id) && !before);
      collators.set(collator.id, isAll ? undefined : new Set([...(before ?? []), ...sources]));
      sendSoon();
    });
  }
  return send;
}

/** Files of the other thread. */
function remoteFiles(calls: ThreadCalls): FileSystem {
  return {
    readFile: async uri => (await calls.call('readFile', uri)) as Uint8Array,
    async stat(uri) {
      const stat = await calls.call('stat', uri);
      return isRecord(stat) ? (stat as unknown as FileStat) : undefined;
    },
    readDirectory: async uri =>
      (await calls.call('readDirectory', uri)) as Awaited<ReturnType<FileSystem['readDirectory']>>,
    realPath: async uri => String(await calls.call('realPath', uri)),
  };
}
