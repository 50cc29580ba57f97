import {
  type CardContent,
  type CatalogService,
  coreServices,
  createPortalPlugin,
  type Entity,
  type EntityCard,
  type HomeCard,
  type PortalPlugin,
} from '../../../../api';
import { extensionPoints } from '../../../../api';
import {
  type Disposable,
  DisposableStore,
  dirnameUri,
  Emitter,
  ok,
  toDisposable,
  type Translate,
} from '../../../../base';
import { isSafeUrl, refOf } from '../../../../model/presentation';
import { matchesPredicate } from '../../../../model/predicates';
import type { FileChange, FileSystem } from '../../../../platform/core/ports';
import type { DataFiles, DataReading } from './dataFiles';
import type { DeclaredCard, DeclaredHomeCard, PluginDeclaration } from './declaration';
import { contentOf } from './declaredContent';
import { DeclaredValues } from './declaredValues';
import { DeclaredTemplates } from './declaredTemplates';
import { columnOf, decoratorOf, folderOf, groupingOf } from './declaredViews';
import { FilesCollator } from './filesCollator';
import type { DeclaredPlugin } from './pluginFiles';

export interface DeclaredContributionsDeps {
  readonly data: DataFiles;
  readonly fileSystem: FileSystem;
  /** Whether the workspace is trusted. In others, links lead to `https:` only, and no command runs. */
  readonly isTrusted: () => boolean;
  /** Runs a command of the editor; undefined where there is none. */
  readonly runCommand: ((command: string, entityRef: string) => unknown) | undefined;
  readonly translate: Translate;
}

/** The contributions of a declared plugin. */
export interface DeclaredContributions {
  readonly plugin: PortalPlugin;
  /** Called with changes of files. */
  applyChanges(changes: readonly FileChange[]): void;
  /** Called when data files were read or changed. */
  dataChanged(): void;
}

/** Turns a declared plugin into a plugin that contributes through the API. */
export function declaredContributions(
  declared: DeclaredPlugin,
  deps: DeclaredContributionsDeps,
): DeclaredContributions {
  const { declaration, folder } = declared;
  const changed = new Emitter<void>();
  let collators: readonly FilesCollator[] = [];
  let regroup = (): void => {};
  const templates = declaration.templates?.length
    ? [new DeclaredTemplates(declared, deps.fileSystem)]
    : [];
  const plugin = createPortalPlugin({
    id: declaration.id,
    title: declaration.title,
    register(env) {
      const add = <T>(
        items: readonly T[] | undefined,
        contribute: (item: T, index: number) => Disposable,
        store: DisposableStore,
      ): void => {
        for (const [index, item] of (items ?? []).entries()) store.add(contribute(item, index));
      };
      const { catalog } = coreServices;
      const { entityCards, entityTabs, homeCards, treeGroupings } = extensionPoints;
      const { entityCommands, searchCollators, entityColumns, entityDecorators } = extensionPoints;
      const { scaffolderTemplates } = extensionPoints;
      env.registerInit({
        // All surfaces offer these; those without pages ignore what they don't show.
        deps: {
          catalog,
          entityCards,
          entityTabs,
          homeCards,
          treeGroupings,
          entityColumns,
          entityDecorators,
          entityCommands,
          searchCollators,
          scaffolderTemplates,
        },
        init(points) {
          const store = new DisposableStore();
          const context = { ...deps, declaration, catalog: points.catalog, changed, folder };
          add(declaration.tabs, tab => points.entityTabs.addEntityTab(tabOf(tab)), store);
          const cards = [
            ...linksCards(context),
            ...(declaration.cards ?? []).map(card => entityCardOf(card, context)),
          ];
          add(cards, card => points.entityCards.addEntityCard(card), store);
          add(
            declaration.homeCards,
            card => points.homeCards.addHomeCard(homeCardOf(card, context)),
            store,
          );
          add(
            declaration.columns,
            column => points.entityColumns.addEntityColumn(columnOf(column, context)),
            store,
          );
          add(
            declaration.decorations,
            one => points.entityDecorators.addEntityDecorator(decoratorOf(one, context)),
            store,
          );
          const groupings = store.add(new DisposableStore());
          let added: readonly Disposable[] = [];
          regroup = () => {
            for (const one of added) one.dispose();
            added = (declaration.groupings ?? []).map(grouping =>
              groupings.add(points.treeGroupings.addTreeGrouping(groupingOf(grouping, context))),
            );
          };
          regroup();
          store.add(toDisposable(() => (regroup = () => {})));
          add(
            declaration.commands,
            ({ command, title, icon, when }) =>
              points.entityCommands.addEntityCommand({
                id: `${declaration.id}.${command}`,
                title,
                ...(icon !== undefined && { icon }),
                ...(when && { where: when }),
                isEnabled: () => deps.runCommand !== undefined && deps.isTrusted(),
                run: entity => deps.runCommand?.(command, refOf(entity)),
              }),
            store,
          );
          collators = (declaration.search ?? []).map(
            search =>
              new FilesCollator({
                search,
                folder,
                fileSystem: deps.fileSystem,
                entitiesIn: entitiesByFolder(points.catalog, store),
              }),
          );
          add(collators, collator => points.searchCollators.addCollator(collator), store);
          add(collators, collator => collator, store);
          add(templates, one => points.scaffolderTemplates.addTemplateProvider(one), store);
          return store;
        },
      });
    },
  });
  return {
    plugin,
    applyChanges(changes) {
      for (const one of [...collators, ...templates]) one.applyChanges(changes);
    },
    dataChanged() {
      changed.fire();
      if (declaration.groupings?.some(({ from }) => from)) regroup();
    },
  };
}

interface Context extends DeclaredContributionsDeps {
  readonly declaration: PluginDeclaration;
  readonly catalog: CatalogService;
  readonly changed: Emitter<void>;
  readonly folder: string;
}

type Tab = NonNullable<PluginDeclaration['tabs']>[number];

function tabOf({ id, title, icon, order, when }: Tab) {
  return {
    id,
    title,
    ...(icon !== undefined && { icon }),
    ...(order !== undefined && { order }),
    ...(when && { where: when }),
  };
}

/** Returns whether a web address may be opened. */
export function allowsUrl(isTrusted: boolean): (url: string) => boolean {
  return isTrusted ? isSafeUrl : url => /^https:/i.test(url) && isSafeUrl(url);
}

function frameOf({ id, title, icon, width, order }: DeclaredHomeCard) {
  return {
    id,
    title,
    ...(icon !== undefined && { icon }),
    ...(width !== undefined && { width }),
    ...(order !== undefined && { order }),
  };
}

function valuesOf(
  entity: Entity | undefined,
  reading: DataReading,
  { isTrusted }: Pick<Context, 'isTrusted'>,
): DeclaredValues {
  const data = reading.ok ? reading.value : undefined;
  return new DeclaredValues({ entity, data, isAllowed: allowsUrl(isTrusted()) });
}

function entityCardOf(card: DeclaredCard, context: Context): EntityCard {
  const { catalog, data, changed } = context;
  const { tab, when, from, content } = card;
  const contentFrom = (entity: Entity, reading: DataReading): CardContent | undefined => {
    if (!reading.ok) return failed(reading.error.message, from?.file ?? '', context);
    if (from && !reading.value) return undefined;
    return contentOf(content, valuesOf(entity, reading, context), catalog);
  };
  return {
    ...frameOf(card),
    ...(tab !== undefined && { tab }),
    ...(when && { where: when }),
    onDidChange: changed.event,
    load(entity) {
      if (!from) return contentFrom(entity, ok(undefined));
      const folder = folderOf(entity, catalog);
      if (folder === undefined) return undefined;
      const cached = data.cached(folder, from.file);
      if (cached) return contentFrom(entity, cached);
      return data.load(folder, from.file).then(reading => contentFrom(entity, reading));
    },
  };
}

function homeCardOf(card: DeclaredHomeCard, context: Context): HomeCard {
  const { data, folder, catalog, changed } = context;
  const { from, content } = card;
  return {
    ...frameOf(card),
    onDidChange: changed.event,
    async load() {
      const reading = from ? await data.load(folder, from.file) : ok(undefined);
      if (!reading.ok) return failed(reading.error.message, from?.file ?? '', context);
      if (from && !reading.value) return undefined;
      return contentOf(content, valuesOf(undefined, reading, context), catalog);
    },
  };
}

function failed(message: string, file: string, { translate }: Context): CardContent {
  const text = translate("Can't read {0}: {1}", file, message);
  return { type: 'message', tone: 'warning', text };
}

/** Returns the card with the plugin's links. */
function linksCards({ declaration, isTrusted, catalog }: Context): readonly EntityCard[] {
  const { id, title, links = [] } = declaration;
  if (!links.length) return [];
  const linksFor = (entity: Entity): CardContent => {
    const content = links
      .filter(({ when }) => !when || matchesPredicate(when, entity))
      .map(({ title: text, url, icon }) => ({ title: text, url, icon }));
    const values = valuesOf(entity, ok(undefined), { isTrusted });
    return contentOf({ type: 'links', links: content }, values, catalog) as CardContent;
  };
  return [
    {
      id: `${id}.links`,
      title,
      icon: 'link',
      order: 31,
      isShownFor(entity) {
        const content = linksFor(entity);
        return content.type === 'links' && content.links.length > 0;
      },
      load: linksFor,
    },
  ];
}

/** Returns a function that finds the entities of a folder, which is computed once per catalog. */
function entitiesByFolder(
  catalog: CatalogService,
  store: DisposableStore,
): (folder: string) => readonly string[] {
  let folders: Map<string, string[]> | undefined;
  store.add(catalog.onDidChange(() => (folders = undefined)));
  return folder => {
    if (!folders) {
      folders = new Map();
      for (const ref of catalog.getEntityRefs()) {
        const source = catalog.getEntitySource(ref);
        if (!source) continue;
        const around = dirnameUri(source.file);
        const refs = folders.get(around);
        if (refs) refs.push(ref);
        else folders.set(around, [ref]);
      }
    }
    return folders.get(folder) ?? [];
  };
}
