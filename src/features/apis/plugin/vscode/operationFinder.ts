import * as vscode from 'vscode';
import {
  type ActionsService,
  type CatalogService,
  type Entity,
  entityTitle,
  type PortalService,
  refOf,
  withoutIcons,
} from '../../../../api';
import type { ApiDefinitions, FoundOperation } from '../definitions/apiDefinitions';
import { isDefined } from '../definitions/openApis';

export interface OperationFinderDeps {
  readonly actions: ActionsService;
  readonly catalog: CatalogService;
  readonly definitions: ApiDefinitions;
  readonly portal: PortalService;
}

interface OperationPick extends vscode.QuickPickItem {
  readonly operation?: FoundOperation;
}

/** Finds operations of APIs by a few letters. */
export class OperationFinder {
  #deps: OperationFinderDeps;

  constructor(deps: OperationFinderDeps) {
    this.#deps = deps;
  }

  /** Go to Operation…: opens the source of a picked operation, of these APIs or of all. */
  async goToOperation(entities?: readonly Entity[]): Promise<void> {
    const items = await this.#deps.actions.withProgress(
      vscode.l10n.t('Reading API definitions'),
      async ({ signal, report }) => {
        const picks: OperationPick[] = [];
        if (!entities) await whenRead(this.#deps.catalog, signal);
        for (const entity of entities ?? this.#apis()) {
          signal.throwIfAborted();
          report(entityTitle(entity));
          picks.push(...picksOf(await this.#deps.definitions.operationsOf(entity, signal), entity));
        }
        return picks;
      },
    );
    if (!items.length) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No API definition has operations.'));
      return;
    }
    const chosen = await choose(items);
    if (!chosen) return;
    const { entity, item, path } = chosen.operation;
    if (chosen.where === 'page') {
      const entityRef = refOf(entity);
      await this.#deps.portal.open({ page: 'entity', entityRef, tab: 'api', anchor: path });
      return;
    }
    const { target } = item;
    if (target?.type !== 'source') return;
    const { start, end } = target.range ?? {};
    await vscode.window.showTextDocument(vscode.Uri.parse(target.file), {
      selection:
        start && end && new vscode.Range(start.line, start.character, end.line, end.character),
    });
  }

  #apis(): readonly Entity[] {
    const filter = [[{ key: 'kind', values: ['api'] }]];
    return this.#deps.catalog.getEntities({ filter }).filter(isDefined);
  }
}

/** Waits until the catalog is read: in a starting window, it has few of its APIs yet, or none. */
async function whenRead(catalog: CatalogService, signal: AbortSignal): Promise<void> {
  while (catalog.status === 'idle' || catalog.status === 'indexing') {
    await new Promise<void>(resolve => {
      const listener = catalog.onDidChangeStatus(() => {
        listener.dispose();
        resolve();
      });
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    signal.throwIfAborted();
  }
}

interface Choice {
  readonly operation: FoundOperation;
  readonly where: 'definition' | 'page';
}

/** Returns undefined if nothing was picked. */
async function choose(items: readonly OperationPick[]): Promise<Choice | undefined> {
  const pick = vscode.window.createQuickPick<OperationPick>();
  pick.title = vscode.l10n.t('Go to Operation');
  pick.placeholder = vscode.l10n.t('A method, a path or a name');
  pick.matchOnDescription = true;
  pick.items = items;
  try {
    return await new Promise<Choice | undefined>(resolve => {
      const take = (item: OperationPick | undefined, where: Choice['where']): void => {
        const operation = item?.operation;
        if (operation) resolve({ operation, where });
      };
      pick.onDidAccept(() => take(pick.activeItems[0], 'definition'));
      pick.onDidTriggerItemButton(({ item }) => take(item, 'page'));
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

function picksOf(operations: readonly FoundOperation[], entity: Entity): readonly OperationPick[] {
  if (!operations.length) return [];
  const showPage: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('open-preview'),
    tooltip: vscode.l10n.t('Show on API Page'),
  };
  return [
    { label: entityTitle(entity), kind: vscode.QuickPickItemKind.Separator },
    ...operations.map(operation => {
      const { badge, label, description } = operation.item;
      const text = withoutIcons(badge ? `${badge.text} ${label}` : label);
      return {
        label: text,
        operation,
        buttons: [showPage],
        ...(description !== undefined && { description: withoutIcons(description) }),
      };
    }),
  ];
}
