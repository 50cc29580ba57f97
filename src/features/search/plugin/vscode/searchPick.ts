import * as vscode from 'vscode';
import { type Disposable, DisposableStore, toDisposable, withoutIcons } from '../../../../api';
import { keepOrder } from '../../../../platform/vscode/quickInput';
import { ActiveItem, completed, firstRow, type SearchRow, SearchSession, targetOfResult } from '..';
import { openLocation, type OpenOptions, openTarget } from './openResult';
import type { SearchContext } from './searchContext';

/** In milliseconds, between queries while the index grows. */
const REFRESH_INTERVAL = 300;

interface RowItem extends vscode.QuickPickItem {
  readonly row: SearchRow;
  /** Whether it is active unless the user moves. */
  readonly isDefault: boolean;
}

type ResultRow = Extract<SearchRow, { type: 'result' }>;

/** Quick pick that searches as the user types. */
export class SearchPick implements Disposable {
  #context: SearchContext;
  #store = new DisposableStore();
  #pick = this.#store.add(vscode.window.createQuickPick<RowItem>());
  #session: SearchSession;
  /** The rows that the items were created from. */
  #shown: readonly SearchRow[] = [];
  readonly #activeItem = new ActiveItem<RowItem>(untilShown);
  /** The query whose rows the user sees. */
  #seenQuery: string | undefined;
  /** Action of a key that was pressed before the results of the query were shown. */
  #waiting: (() => Promise<void>) | undefined;
  /** Cancels locating a previewed result when another one is previewed. */
  #previewing = new AbortController();
  #hidden = new Promise<void>(resolve => {
    this.#store.add(
      this.#pick.onDidHide(() => {
        resolve();
      }),
    );
  });

  constructor(context: SearchContext) {
    this.#context = context;
    const { search, logger } = context;
    this.#session = this.#store.add(
      new SearchSession({
        search,
        logger,
        translate: vscode.l10n.t,
        locale: vscode.env.language,
        schedule: run => {
          const timer = setTimeout(run, REFRESH_INTERVAL);
          return toDisposable(() => clearTimeout(timer));
        },
      }),
    );
    const pick = this.#pick;
    pick.placeholder = vscode.l10n.t('Words, "phrases", -without, or kind:api, owner:me, in:docs');
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    // The best results come first.
    keepOrder(pick);
    for (const disposable of [
      this.#session.onDidChange(() => this.#render()),
      pick.onDidChangeValue(query => this.#typed(query)),
      pick.onDidChangeActive(([item]) => this.#activeItem.setActive(item)),
      pick.onDidAccept(() => this.#run(() => this.#accept({}))),
      pick.onDidTriggerButton(() => {
        const { query, isSaved } = this.#session;
        this.#run(() => this.#session.setSaved(query, !isSaved));
      }),
      pick.onDidTriggerItemButton(({ button }) => {
        if (isRowButton(button)) this.#run(() => button.press());
      }),
    ]) {
      this.#store.add(disposable);
    }
  }

  /** Shows the list until it is closed. */
  async show(query = ''): Promise<void> {
    this.#pick.value = query;
    this.#typed(query);
    this.#render();
    this.#pick.show();
    this.#run(() => this.#session.remember());
    await this.#hidden;
  }

  /** Previews the active result without closing the list. */
  async preview(): Promise<void> {
    const row = this.#seenRow;
    if (row?.type !== 'result') return;
    this.#previewing.abort();
    this.#previewing = new AbortController();
    await this.#open(row, { isPreview: true }, this.#previewing.signal);
  }

  async openToSide(): Promise<void> {
    await this.#accept({ toSide: true });
  }

  async openFile(): Promise<void> {
    await this.#onSeenRow(async row => {
      if (row?.type === 'result') await this.#openFile(row);
    });
  }

  dispose(): void {
    this.#previewing.abort();
    this.#store.dispose();
  }

  get #hasShownQuery(): boolean {
    return this.#seenQuery === this.#session.query;
  }

  /** The active row of the query. */
  get #seenRow(): SearchRow | undefined {
    return this.#hasShownQuery ? this.#activeItem.seen?.row : undefined;
  }

  #run(action: () => Promise<void>): void {
    void this.#context.actions.run(vscode.l10n.t('Search'), action);
  }

  #typed(query: string): void {
    // Typing after a key cancels its action.
    this.#waiting = undefined;
    this.#run(() => this.#session.type(query));
  }

  #continueWith(query: string): void {
    this.#pick.value = query;
    this.#typed(query);
  }

  /** Acts on the active row once the results of the query are shown. */
  async #onSeenRow(act: (row: SearchRow | undefined) => Promise<void>): Promise<void> {
    if (this.#hasShownQuery) await act(this.#seenRow);
    else this.#waiting = () => act(this.#seenRow);
  }

  async #accept(options: OpenOptions): Promise<void> {
    await this.#onSeenRow(row => this.#acceptRow(row, options));
  }

  async #acceptRow(row: SearchRow | undefined, options: OpenOptions): Promise<void> {
    if (row?.type === 'completion') {
      this.#continueWith(completed(this.#session.query, row.completion));
    } else if (row?.type === 'query') this.#continueWith(`${row.query} `);
    else if (row?.type === 'all') {
      const { query } = this.#session;
      this.#leave();
      await vscode.commands.executeCommand('callboard.search.showPage', query.trim());
    } else if (row?.type === 'rebuild') {
      this.#leave();
      await vscode.commands.executeCommand('callboard.search.rebuild');
    } else if (row?.type === 'result') {
      this.#leave();
      await this.#open(row, options);
    }
  }

  #leave(): void {
    this.#pick.hide();
    this.#run(() => this.#session.note());
  }

  async #open(
    { result }: ResultRow,
    options: OpenOptions,
    signal = new AbortController().signal,
  ): Promise<void> {
    const { portal, search } = this.#context;
    await openTarget(await targetOfResult(result, search, signal), portal, options);
  }

  async #openFile({ result }: ResultRow): Promise<void> {
    if (!result.location && !result.isPlacePending) return;
    this.#leave();
    const location = await this.#context.search.locate(result, new AbortController().signal);
    if (location) await openLocation(location);
  }

  #render(): void {
    const { rows, query, isSaved, isBusy, progress } = this.#session;
    const pick = this.#pick;
    const title = vscode.l10n.t('Search');
    pick.title = progress === undefined ? title : `${title} · ${progress}`;
    pick.busy = isBusy;
    pick.buttons = query.trim() ? [starOf(isSaved)] : [];
    if (rows !== this.#shown) this.#run(() => this.#show(rows, query));
  }

  async #show(rows: readonly SearchRow[], query: string): Promise<void> {
    const pick = this.#pick;
    this.#shown = rows;
    const first = firstRow(rows, query);
    const items = rows.map(row => this.#itemOf(row, row === first));
    // Keeps the selection when rows are replaced because the index has grown.
    const seen = this.#hasShownQuery ? this.#activeItem.seen : undefined;
    const moved = seen && !seen.isDefault && keyOf(seen.row);
    const kept = moved ? items.find(({ row }) => keyOf(row) === moved) : undefined;
    pick.keepScrollPosition = kept !== undefined;
    pick.items = items;
    const active = kept ?? items.find(({ isDefault }) => isDefault);
    if (active) pick.activeItems = [active];
    if (!(await this.#activeItem.show(active))) return;
    this.#seenQuery = query;
    const waiting = this.#waiting;
    if (!waiting || !this.#hasShownQuery) return;
    this.#waiting = undefined;
    this.#run(waiting);
  }

  #itemOf(row: SearchRow, isDefault: boolean): RowItem {
    if (row.type === 'heading') {
      return { row, isDefault, label: row.label, kind: vscode.QuickPickItemKind.Separator };
    }
    return {
      row,
      isDefault,
      label: withoutIcons(row.label),
      description: withoutIcons(row.description ?? ''),
      detail: withoutIcons(row.detail ?? ''),
      ...(row.icon !== undefined && { iconPath: iconOf(row.icon) }),
      buttons: this.#buttonsOf(row),
      // The search has decided what matches.
      alwaysShow: true,
    };
  }

  #buttonsOf(row: SearchRow): readonly RowButton[] {
    if (row.type === 'query') {
      const { query, isSaved } = row;
      const star = { ...starOf(isSaved), press: () => this.#session.setSaved(query, !isSaved) };
      const forget = {
        ...buttonOf('close', vscode.l10n.t('Remove from Recent Searches')),
        press: () => this.#session.forget(query),
      };
      return isSaved ? [star] : [star, forget];
    }
    if (row.type !== 'result') return [];
    const toSide = {
      ...buttonOf('split-horizontal', vscode.l10n.t('Open to the Side')),
      press: async () => {
        this.#leave();
        await this.#open(row, { toSide: true });
      },
    };
    const file = {
      ...buttonOf('go-to-file', vscode.l10n.t('Open File')),
      press: () => this.#openFile(row),
    };
    return row.result.location || row.result.isPlacePending ? [toSide, file] : [toSide];
  }
}

/** Resolves when the editor shows what was set so far: it handles the command after the update. */
async function untilShown(): Promise<void> {
  // The editor's API sends updates after the current turn.
  await new Promise(resolve => setTimeout(resolve, 0));
  await vscode.commands.executeCommand('noop');
}

/** A button of a row with its action. */
interface RowButton extends vscode.QuickInputButton {
  press(): Promise<void>;
}

function isRowButton(button: vscode.QuickInputButton): button is RowButton {
  return 'press' in button;
}

function buttonOf(icon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}

function starOf(isSaved: boolean): vscode.QuickInputButton {
  return isSaved
    ? buttonOf('star-full', vscode.l10n.t('Remove from Saved Searches'))
    : buttonOf('star-empty', vscode.l10n.t('Save Search'));
}

/** Plugins name icons; invalid names get a default. */
function iconOf(name: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(/^[a-z\d-]+$/.test(name) ? name : 'symbol-misc');
}

/** Returns a key that identifies a row in its list. */
function keyOf(row: SearchRow): string {
  if (row.type !== 'result') return `${row.type} ${row.label}`;
  const { type, title, target } = row.result;
  return JSON.stringify([type, title.text, target]);
}
