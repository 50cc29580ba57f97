import * as vscode from 'vscode';
import {
  DisposableStore,
  type Entity,
  entityDescription,
  entityTitle,
  kindIcon,
  ownerRefs,
  refOf,
  shortOwnerRef,
  withoutIcons,
} from '../../../../../api';
import { keepOrder, type QuickSteps } from '../../../../../platform/vscode/quickInput';
import { type RemoteEntitySearch, titleOfRef } from '../..';
import { entityInFront } from '../atCursor/entityInFront';
import type { CatalogViewContext } from '../tree/catalogViewContext';

/** Maximum number of rows; others appear when typing. */
const MAX_ITEMS = 200;

export interface EntityPick {
  readonly ref: string;
  readonly toSide: boolean;
}

export interface PickEntityOptions {
  readonly title: string;
  /** Multi-step input that this picker is part of. */
  readonly steps?: QuickSteps;
  accept?(entity: Entity, ref: string): boolean;
  /** Search in sources, shown below; the catalog may not have a picked entity. */
  readonly remote?: Pick<RemoteEntitySearch, 'rows' | 'isBusy' | 'type' | 'onDidChange'>;
}

interface EntityItem extends vscode.QuickPickItem {
  readonly ref?: string;
}

/** Lets the user pick an entity: the one in the editor is first, then starred ones, then all. */
export function pickEntity(
  context: CatalogViewContext,
  options: PickEntityOptions,
): Promise<EntityPick | undefined> {
  const { catalog, entitySearch, starred, actions } = context;
  const inEditor = entityInFront(context);
  const preferred = (): readonly string[] => [
    ...(inEditor === undefined ? [] : [inEditor]),
    ...starred.all(),
  ];
  const accept =
    options.accept && ((entity: Entity) => options.accept?.(entity, refOf(entity)) === true);

  const openToSide: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('split-horizontal'),
    tooltip: vscode.l10n.t('Open to the Side'),
  };
  const star: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('star-empty'),
    tooltip: vscode.l10n.t('Star'),
  };
  const unstar: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('star-full'),
    tooltip: vscode.l10n.t('Unstar'),
  };

  const toItem = (entity: Entity): EntityItem => {
    const ref = refOf(entity);
    const owners = ownerRefs(entity).map(shortOwnerRef).join(', ');
    return {
      ref,
      label: `$(${kindIcon(entity.kind)}) ${withoutIcons(entityTitle(entity))}`,
      description: withoutIcons([ref, owners].filter(Boolean).join(' · ')),
      detail: withoutIcons(entityDescription(entity) ?? ''),
      buttons: [starred.has(ref) ? unstar : star, openToSide],
      // Matching is already done, with more fields than the editor's.
      alwaysShow: true,
    };
  };

  const itemsFor = (query: string, refs: readonly string[]): readonly EntityItem[] => {
    const found = refs.flatMap(ref => catalog.getEntityByRef(ref) ?? []);
    const items: EntityItem[] = [];
    let section: string | undefined;
    for (const entity of found) {
      const ref = refOf(entity);
      // With a query, the best match is first; headings would split the list.
      const heading = query.trim()
        ? undefined
        : ref === inEditor
          ? vscode.l10n.t('current editor')
          : starred.has(ref)
            ? vscode.l10n.t('starred')
            : vscode.l10n.t('catalog');
      if (heading !== undefined && heading !== section) {
        items.push({ label: heading, kind: vscode.QuickPickItemKind.Separator });
        section = heading;
      }
      items.push(toItem(entity));
    }
    if (found.length === MAX_ITEMS) {
      items.push({
        label: vscode.l10n.t('type to see more'),
        kind: vscode.QuickPickItemKind.Separator,
      });
    }
    return items;
  };

  return new Promise(resolve => {
    const store = new DisposableStore();
    const quickPick = store.add(vscode.window.createQuickPick<EntityItem>());
    quickPick.title = options.title;
    quickPick.placeholder = vscode.l10n.t('Name, title, ref, owner or tag');
    const { remote } = options;
    let current: AbortController | undefined;
    let ownItems: readonly EntityItem[] = [];
    /** Query of the shown rows, which may be behind the typed one. */
    let shownQuery: string | undefined;
    let isAccepted = false;
    const update = async (): Promise<void> => {
      // The new query replaces the previous one.
      current?.abort();
      const { signal } = (current = new AbortController());
      const query = quickPick.value;
      quickPick.busy = true;
      const found = await entitySearch.find(
        { query, limit: MAX_ITEMS, preferred: preferred(), accept },
        signal,
      );
      if (!found) return;
      ownItems = itemsFor(query, found);
      shownQuery = query;
      show();
      if (isAccepted) acceptFirst();
    };
    const show = (): void => {
      quickPick.busy = !entitySearch.isComplete || remote?.isBusy === true;
      const others = remote?.rows.map(remoteItem) ?? [];
      // Results of sources stay below the catalog's.
      if (others.length) keepOrder(quickPick);
      const isFound = [...ownItems, ...others].some(isChoice);
      // Without a row, the list would be hidden.
      const nothing = { label: vscode.l10n.t('No entity matches'), alwaysShow: true };
      quickPick.items = [...ownItems, ...(isFound ? [] : [nothing]), ...others];
    };
    /** Shows results of sources below, and keeps the active row. */
    const showRemote = (): void => {
      if (shownQuery !== quickPick.value) return;
      const [active] = quickPick.activeItems;
      const isMoved = active !== quickPick.items.find(isChoice);
      quickPick.keepScrollPosition = true;
      show();
      quickPick.keepScrollPosition = false;
      const kept =
        isMoved &&
        active?.ref !== undefined &&
        quickPick.items.find(({ ref }) => ref === active.ref);
      if (kept) quickPick.activeItems = [kept];
    };
    if (remote) store.add(remote.onDidChange(showRemote));
    const closed = new AbortController();
    // In large catalogs, titles and owners are available later than names.
    const readAll = async (): Promise<void> => {
      if (entitySearch.isComplete) return;
      await entitySearch.complete(closed.signal);
      if (!closed.signal.aborted) await update();
    };
    const refresh = (): void => void actions.run(options.title, update);
    const finish = (pick: EntityPick | undefined): void => {
      current?.abort();
      closed.abort();
      resolve(pick);
      if (!options.steps) store.dispose();
    };
    const acceptFirst = (): void => {
      isAccepted = false;
      const ref = quickPick.items.find(isChoice)?.ref;
      if (ref !== undefined) finish({ ref, toSide: false });
    };
    store.add(
      quickPick.onDidChangeValue(() => {
        // Typing after Enter continues the query.
        isAccepted = false;
        void remote?.type(quickPick.value);
        refresh();
      }),
    );
    store.add(
      quickPick.onDidAccept(() => {
        const [active] = quickPick.activeItems;
        if (shownQuery !== quickPick.value) isAccepted = true;
        // Right after rows are replaced, the active one may be outdated or missing.
        else if (!active || !quickPick.items.includes(active)) acceptFirst();
        else if (active.ref !== undefined) finish({ ref: active.ref, toSide: false });
      }),
    );
    store.add(
      quickPick.onDidTriggerItemButton(({ item, button }) => {
        const { ref } = item;
        if (ref === undefined) return;
        if (button === openToSide) {
          finish({ ref, toSide: true });
          return;
        }
        void actions.run('Star entity', async () => {
          await starred.set(ref, button === star);
          await update();
          // A new list starts at its top, so the active row is restored.
          quickPick.activeItems = quickPick.items.filter(other => other.ref === ref);
        });
      }),
    );
    store.add(quickPick.onDidHide(() => finish(undefined)));
    void actions.run(options.title, async () => {
      await update();
      await readAll();
    });
    if (options.steps) options.steps.show(quickPick, store);
    else quickPick.show();
  });
}

function remoteItem({ type, label, ...row }: RemoteEntitySearch['rows'][number]): EntityItem {
  if (type === 'heading') return { label, kind: vscode.QuickPickItemKind.Separator };
  const icon = type === 'entity' ? 'cloud' : 'warning';
  return { ...row, label: `$(${icon}) ${label}`, alwaysShow: true };
}

function isChoice({ ref }: EntityItem): boolean {
  return ref !== undefined;
}

/** Lets the user pick one of several owners; returns its ref. */
export async function pickOwner(
  owners: readonly string[],
  { catalog }: CatalogViewContext,
): Promise<string | undefined> {
  const items = owners.map(ref => {
    const owner = catalog.getEntityByRef(ref);
    const icon = owner ? kindIcon(owner.kind) : 'warning';
    const label = `$(${icon}) ${withoutIcons(titleOfRef(ref, catalog))}`;
    return { ref, label, description: withoutIcons(ref) };
  });
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open Owner') });
  return picked?.ref;
}
