import { createMessageConnection } from 'vscode-jsonrpc/browser';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  Message,
} from 'vscode-jsonrpc/browser';
import type {
  CatalogSourceInfo,
  CatalogSourcesService,
  IdentityService,
  TemplateInput,
} from '../../../src/api';
import {
  type DisplayLanguage,
  Emitter,
  setDisplayLanguage,
  silentLogger,
  translate,
} from '../../../src/base';
import { CatalogEngine, EntityFilesService } from '../../../src/features/catalog/core';
import { EntitySearch } from '../../../src/features/search/core/entities';
import {
  getOwnershipRefs as ownershipRefsOf,
  RecentEntities,
  StarredEntities,
} from '../../../src/features/catalog/core/identity';
import { EntityViews, PortalContributions } from '../../../src/features/plugins/core';
import type { TaskDesk, TemplateForms } from '../../../src/features/scaffolder/core/pages';
import {
  defaultScaffolderSettings,
  entityChoices,
  ScaffolderEngine,
  tagChoices,
  TemplateTasks,
} from '../../../src/features/scaffolder/core';
import { TechDocsSites } from '../../../src/features/techdocs/core';
import { RelationPairs } from '../../../src/model';
import type { FileChange, ProgramRunner, WorkerPool } from '../../../src/platform/core/ports';
import { apiCards, apiTab, createApiContents } from '../../../src/features/apis/plugin';
// Not through the index: esbuild assumes modules without side effects and would not run one that is
// also loaded on demand.
import { ApiDefinitions } from '../../../src/features/apis/plugin/definitions/apiDefinitions';
import {
  builtinCards,
  builtinTabs,
  CatalogFacts,
  homeCards,
} from '../../../src/features/portal/plugin';
import { overlayCard } from '../../../src/features/backstage/plugin';
import { hostNotifications, portalNotifications } from '../../../src/features/portal/protocol';
import { PortalBackend } from '../../../src/features/portal/vscode/portalBackend';
import { TimerClock } from '../../../src/platform/vscode/web/timerClock';
import { fileUri, InMemoryFileSystem } from '../../support/inMemoryFileSystem';
import { inMemoryState } from '../../support/inMemoryState';
import { addFigureCards } from './figureCards';
import { addHostileCards } from './hostileCards';
import { runOnInstance, served, tryOnInstance } from './standInInstance';
import { StandInSearch } from './standInSearch';
import { servedSites } from '../../support/servedSites';
import { aSource } from '../../support/sourceInfo';
import { noSources } from '../../support/noSources';
import { SourceInMemory } from '../../support/sourceInMemory';
import type { OpenPortalOptions } from './portalPage';

/*
 * The extension's side of a webview, in the page itself: the real engines over files in memory.
 * Records the requests that only an editor can handle.
 */

/** The API that tests use as `window.fakeHost`. */
export interface FakeHost {
  /** Requests from the page to the editor: method and parameters. */
  readonly calls: { readonly method: string; readonly params: unknown }[];
  /** Names of the requests that the engines answered. */
  readonly requests: string[];
  /** Notifications from the extension to pages. */
  readonly notifications: { readonly method: string; readonly params: unknown }[];
  /** Writes a file and updates the catalog. */
  write(path: string, text: string): Promise<void>;
  /** Sends a notification as the extension would. */
  notify(method: string, params: unknown): void;
  state: unknown;
  /** Whether the workspace may run programs. */
  isTrusted: boolean;
  /** Milliseconds that the catalog takes for one entity: simulates a larger catalog. */
  slowness: number;
  readonly search: StandInSearch;
  /** A running Backstage that can fetch entities, or undefined. */
  fetchEntity: ((ref: string) => Promise<boolean>) | undefined;
}

declare global {
  interface Window {
    fakeHost: FakeHost;
    /** By absolute path. */
    fakeFiles: Readonly<Record<string, string>>;
    fakeState: unknown;
    /** Full ref of the user behind "me". */
    fakeUser: string | undefined;
    fakeSource: OpenPortalOptions['source'];
    fakePictureHosts: readonly string[];
    /** Docs that a Backstage serves, by full ref and path. */
    fakeServed: Readonly<Record<string, Readonly<Record<string, string>>>>;
    /** Whether to add the cards of `hostileCards.ts`. */
    isHostile: boolean;
    fakeDisplay: DisplayLanguage;
    hasFigures: boolean;
  }
}

setDisplayLanguage(window.fakeDisplay);

const clock = new TimerClock();

class PageReader extends AbstractMessageReader {
  callback: DataCallback | undefined;
  /** Messages that arrive before anyone listens. */
  readonly early: Message[] = [];

  listen(callback: DataCallback): { dispose(): void } {
    this.callback = callback;
    for (const message of this.early.splice(0)) callback(message);
    return { dispose: () => (this.callback = undefined) };
  }

  receive(message: Message): void {
    if (this.callback) this.callback(message);
    else this.early.push(message);
  }
}

class PageWriter extends AbstractMessageWriter {
  async write(message: Message): Promise<void> {
    if (Message.isNotification(message)) {
      const { method, params } = message;
      host.notifications.push({ method, params: Array.isArray(params) ? params[0] : params });
    }
    window.postMessage(structuredClone(message));
  }

  end(): void {}
}

/**
 * Draws its input as text, in an image that would do harm if it were inlined; fails for PlantUML.
 */
const standInPrograms: ProgramRunner = {
  async run(_program, { args, input }) {
    if (args.includes('-version')) {
      return { type: 'ended', code: 0, output: 'PlantUML version 1.2024.7', errors: '' };
    }
    if (args.includes('-pipe')) {
      return { type: 'ended', code: 200, output: '', errors: 'ERROR\n1\nSyntax Error?\n' };
    }
    const text = `${args.join(' ')} ${input}`.replaceAll('<', '&lt;');
    const output = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40">
<script>parent.wasHarmed = true</script><text x="4" y="24">${text}</text></svg>`;
    return { type: 'ended', code: 0, output, errors: '' };
  },
};

// `jsonschema` resolves references against an address that Node parses and this browser doesn't;
// Templates only run in Node.
window.URL = class extends URL {
  constructor(url: string | URL, base?: string | URL) {
    super(url, base === 'resolve://' ? 'https://resolve.invalid' : base);
  }
};

/** Runs jobs on the calling thread. */
const withoutThreads: WorkerPool = {
  run: async (job, input) => job.readOutput(await job.run(job.readInput(input), { fileSystem })),
  dispose() {},
};

const reader = new PageReader();
const connection = createMessageConnection(reader, new PageWriter());
const fileSystem = new InMemoryFileSystem(window.fakeFiles);
const engine = new CatalogEngine({ fileSystem, clock, logger: silentLogger });
engine.setRoots([{ uri: fileUri('/work'), name: 'work' }]);
const getEntityByRef = engine.getEntityByRef.bind(engine);
engine.getEntityByRef = ref => {
  const end = performance.now() + host.slowness;
  while (performance.now() < end);
  return getEntityByRef(ref);
};
const portal = aSource({
  id: 'portal',
  name: 'Portal',
  type: 'backstage',
  url: 'https://backstage.acme.org',
  color: 'charts.blue',
  isFetching: false,
  progress: undefined,
  fetchedAt: 0,
  entities: 1,
});
const sources = sourcesOf(window.fakeSource);
const state = inMemoryState();
const starred = new StarredEntities(state);
const contributions = new PortalContributions();
const entityViews = new EntityViews({ logger: silentLogger, pluginOf: () => 'hostile' });
const recent = new RecentEntities({ state, catalog: engine, logger: silentLogger });
const identity: IdentityService = {
  getOwnershipRefs,
  onDidChange: new Emitter<void>().event,
};
const files = new EntityFilesService({ engine, fileSystem, clock, changes: [] });
const servedDocs = servedSites(
  Object.fromEntries(
    Object.entries(window.fakeServed).flatMap(([ref, texts]) =>
      Object.entries(texts).map(([path, text]) => [`${ref} ${path}`, text]),
    ),
  ),
);
const edited = new Emitter<readonly FileChange[]>();
const techdocs = new TechDocsSites({
  fileSystem,
  clock,
  catalog: engine,
  logger: silentLogger,
  environment: () => new Map(),
  instanceOf: ref => (ref in window.fakeServed ? 'acme' : undefined),
});
const search = new StandInSearch({
  catalog: engine,
  state,
  pages: () =>
    Object.fromEntries(
      Object.entries(window.fakeFiles)
        .filter(([path]) => path.endsWith('.md'))
        .map(([path, text]) => [fileUri(path), text]),
    ),
});
const filePath = (uri: string): string => uri.replace(`${fileUri('/work')}/`, '');
const deps = {
  catalog: engine,
  contributions,
  entityViews,
  identity,
  recent,
  starred,
  state,
  files,
  filePath,
  placeOf: filePath,
  fileSystem,
  techdocs,
  changes: [edited.event],
  lastChange: async () => ({ author: 'Ada Lovelace', time: Date.parse('2026-01-02T03:04:05Z') }),
  drawing: {
    programs: standInPrograms,
    mayRun: () => host.isTrusted,
    commandOf: (program: string) => program,
  },
  translate,
  logger: silentLogger,
  entitySearch: new EntitySearch(engine),
  search,
  sources: {
    ...sources,
    getSources: () => (host.fetchEntity ? [aSource({ type: 'backstage' })] : sources.getSources()),
    fetchEntity: async (ref: string) => host.fetchEntity?.(ref) ?? false,
  },
  instances: servedDocs.instances,
  facts: new CatalogFacts(engine),
  getRecentChanges: async () => [],
  relationPairs: () => new RelationPairs(),
  pictureHosts: () => window.fakePictureHosts,
  forms: createForms(),
  host: {
    pluginOf: (card: object) => (ownCards.has(card) ? 'portal' : 'hostile'),
    reportFailure() {},
  },
};
const ownCards = new Set<object>();
for (const tab of builtinTabs(deps)) contributions.addEntityTab(tab);
for (const card of builtinCards(deps)) contributions.addEntityCard(card);
contributions.addEntityCard(
  overlayCard({
    catalog: engine,
    sources,
    translate,
    onDidChange: sources.onDidChange,
    renames: {
      of: ref =>
        (window.fakeSource?.renamed ?? []).filter(each => [each.ref, each.oldRef].includes(ref)),
    },
  }),
);
for (const card of homeCards(deps)) contributions.addHomeCard(card);
const contents = createApiContents(new ApiDefinitions(deps), translate);
const apiPage = { translate, loadContents: async () => contents };
contributions.addEntityTab(apiTab(apiPage));
for (const card of apiCards(apiPage)) contributions.addEntityCard(card);
for (const card of [...contributions.cards.all(), ...contributions.homeCards.all()]) {
  ownCards.add(card);
}
if (window.isHostile) addHostileCards(contributions);
if (window.hasFigures) addFigureCards(contributions, entityViews);
const backend = new PortalBackend(deps);

/** The real engine of Templates, without threads; records the files it would write. */
function createForms(): TemplateForms {
  const scaffolder = new ScaffolderEngine({
    catalog: engine,
    fileSystem,
    clock,
    logger: silentLogger,
    workers: withoutThreads,
    contributed: () => [],
    provided: () => [],
    described: () => [],
    shipped: fileUri('/templates'),
    repositoryOf: async () => fileUri('/work'),
    settings: async () => defaultScaffolderSettings,
    userRef: () => window.fakeUser,
    served,
  });
  const choices = () => ({ catalog: engine, ownershipRefs: getOwnershipRefs() });
  const desk = createDesk(scaffolder);
  const chosen: string[] = [];
  return {
    onDidChange: scaffolder.onDidChange,
    getTemplates: () => scaffolder.getTemplates(),
    loadTemplate: ref => scaffolder.loadTemplate(ref),
    async dryRun(ref, input, options) {
      const isServed = (await scaffolder.loadTemplate(ref))?.instance !== undefined;
      return isServed
        ? tryOnInstance()
        : scaffolder.runInMemory(ref, input, { ...options, isDryRun: true });
    },
    resolveForm: (...request) => scaffolder.resolveForm(...request),
    entityChoices: async picker => entityChoices(picker, choices()),
    tagChoices: async picker => tagChoices(picker, choices()),
    async forgeChoices(lookup) {
      host.calls.push({ method: 'forgeChoices', params: [lookup] });
      // A source that denies all access.
      if (lookup.host === 'gitlab.com') throw new Error("Can't sign in to gitlab.com.");
      return { owners: ['acme', 'ada'], repositories: ['api', 'shop'], branches: ['main'] }[
        lookup.what
      ];
    },
    tasks: async () => desk,
    async launchOptions(ref, { values, target }) {
      const template = await scaffolder.loadTemplate(ref);
      const name = typeof values['name'] === 'string' ? values['name'] : '';
      return {
        parents: [
          { uri: fileUri('/work'), label: 'work' },
          ...chosen.map(uri => ({ uri, label: uri })),
        ],
        target: target ?? { parent: fileUri('/work'), name },
        isTargetFixed: false,
        targetError: target?.name.includes('..') ? 'Enter a valid folder name.' : undefined,
        places: [
          { type: 'files', label: 'Write files only', detail: 'Nothing is pushed.' },
          {
            type: 'branch',
            label: 'Commit to a new branch',
            detail: 'It is checked out.',
            text: { label: 'Name of the new branch', value: `add-${name}`, placeholder: '' },
          },
        ],
        locations: [{ id: 'all', label: 'all', description: 'all.yaml' }],
        existing: target?.name === 'there' ? ['port.txt'] : [],
        actions: (template?.actions ?? []).map(({ id }) => id),
      };
    },
    async chooseLaunchFolder() {
      host.calls.push({ method: 'chooseLaunchFolder', params: [] });
      chosen.push(fileUri('/elsewhere'));
      return { uri: fileUri('/elsewhere'), label: 'elsewhere' };
    },
    launch: (ref, input, options) => made('launch', [ref, input, options]),
    create: (ref, input, options) => made('create', [ref, input, options]),
  };

  async function made(
    method: string,
    params: readonly [string, TemplateInput, { readonly isDryRun?: boolean }],
  ): Promise<boolean> {
    host.calls.push({ method, params });
    const [ref, input, { isDryRun = false }] = params;
    const template = await scaffolder.loadTemplate(ref);
    if (!template) throw new Error(`There is no template ${ref}`);
    const isServed = template.instance !== undefined;
    const folder = isDryRun || isServed ? undefined : fileUri('/work/made');
    const started = desk.start(
      {
        template,
        input,
        folder,
        isDryRun,
        async run(attempt) {
          const result = await scaffolder.runInMemory(ref, input, { ...attempt, isDryRun });
          attempt.setFiles(
            result.files.map(file => ({ ...file, change: 'added', before: undefined })),
          );
          return result;
        },
        ...(isServed && runOnInstance()),
      },
      id => host.notify(hostNotifications.show.method, { page: 'task', id }),
    );
    // Reports server errors in the run.
    await (isServed ? started.catch(() => undefined) : started);
    return true;
  }
}

/** The real template runs; records what an editor would show of them. */
function createDesk(scaffolder: ScaffolderEngine): TaskDesk & Pick<TemplateTasks, 'start'> {
  const tasks = new TemplateTasks({
    clock,
    state,
    logger: silentLogger,
    resolveForm: (...request) => scaffolder.resolveForm(...request),
  });
  const called = (method: string) => (params?: unknown) => {
    host.calls.push({ method, params });
  };
  return {
    start: (...request) => tasks.start(...request),
    onDidChange: tasks.onDidChange,
    list: () => tasks.list(),
    get: id => tasks.get(id),
    cancel: id => tasks.cancel(id),
    retry: id => tasks.retry(id),
    clear: () => tasks.clear(),
    showFile: async (_, path) => called('showFile')(path),
    openFolder: async () => called('openFolder')(),
    showLog: called('showLog'),
  };
}

/** Ownership refs of the user in `window.fakeUser`. */
function getOwnershipRefs(): readonly string[] {
  return window.fakeUser === undefined ? [] : ownershipRefsOf(engine, window.fakeUser);
}

const host: FakeHost = {
  calls: [],
  requests: [],
  notifications: [],
  async write(path, text) {
    const uri = fileUri(path);
    const type = (await fileSystem.stat(uri)) ? 'changed' : 'created';
    fileSystem.write(path, text);
    const changes = [{ type, uri }] as const;
    edited.fire(changes);
    await engine.applyChanges(changes);
    await techdocs.applyChanges(changes);
  },
  notify: (method, params) => void connection.sendNotification(method, params),
  state: window.fakeState,
  isTrusted: true,
  slowness: 0,
  fetchEntity: undefined,
  search,
};
window.fakeHost = host;

backend.onDidChange(change => void connection.sendNotification(hostNotifications.changed, change));

const shownCards = backend.createShownCards(cards =>
  host.notify(hostNotifications.changed.method, { pages: [], cards }),
);

for (const { method, run } of backend.answers(() => {}, shownCards)) {
  connection.onRequest(method, (params: unknown, token) => {
    host.requests.push(method);
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return run(params, controller.signal);
  });
}
connection.onRequest((method, params) => {
  host.calls.push({ method, params: Array.isArray(params) ? params[0] : params });
  return true;
});
connection.onNotification(portalNotifications.shown, params => {
  host.calls.push({ method: portalNotifications.shown.method, params });
  const { page } = params.page;
  if (page !== 'entity' && page !== 'home') shownCards.show([]);
});
connection.onNotification((method, params) => {
  host.calls.push({ method, params: Array.isArray(params) ? params[0] : params });
});
connection.listen();

Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: Message) => reader.receive(structuredClone(message)),
    getState: () => host.state,
    setState: (value: unknown) => {
      host.state = value;
    },
  }),
});
/** A single Backstage with these files, or none. */
function sourcesOf(source: OpenPortalOptions['source']): CatalogSourcesService {
  if (!source) return noSources;
  const inMemory = new SourceInMemory(fileSystem, { id: portal.id, reportsProblems: false });
  inMemory.put(source.files);
  engine.addSource(inMemory);
  const failure = {
    message: 'Nobody answers',
    advice: undefined,
    needsToken: false,
    canSignIn: false,
    since: 1,
    retryAt: undefined,
  };
  const info = source.isOld ? { ...portal, failure } : portal;
  const getSourceOf = (file: string): CatalogSourceInfo | undefined =>
    engine.isOfSource(file) ? info : undefined;
  return {
    ...noSources,
    getSources: () => [info],
    getSourceOf,
    getOriginOf(ref) {
      const [from, ...others] = engine
        .getEntitySources(ref)
        .map(place => place && getSourceOf(place.file));
      return { from, alsoIn: others.flatMap(info => info ?? []) };
    },
  };
}

void engine.refresh();
