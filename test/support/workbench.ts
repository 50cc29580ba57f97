import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

/** Timeout in milliseconds: a busy machine isn't a failed test. */
export const PATIENCE = 45_000;

/** Key that closes all that a test opened. Faster than several commands in the palette. */
const CLOSE_ALL = 'Control+Alt+Shift+F12';

/** Key bindings of the tests, in the format of VS Code's file. */
export const KEY_BINDINGS = [
  {
    key: 'ctrl+alt+shift+f12',
    command: 'runCommands',
    args: {
      commands: [
        'notifications.clearAll',
        'workbench.action.closePanel',
        'workbench.actions.treeView.callboard.catalog.collapseAll',
        'workbench.action.closeAllEditors',
      ],
    },
  },
];

/**
 * The window of VS Code, in terms of its user. Only this class contains selectors of the workbench, because they
 * change with VS Code.
 */
export class Workbench {
  constructor(readonly page: Page) {}

  /** The input field with its list: palette, quick pick, input box. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** Rows of the list below the input field. */
  get quickInputRows(): Locator {
    return this.quickInput.locator('.quick-input-list .monaco-list-row');
  }

  /** The side bar with its views. */
  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** The message toasts at the lower right. */
  get notifications(): Locator {
    return this.page.locator('.notification-toast');
  }

  /** The active text editor. */
  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** Returns an icon in the title of the active editor group. */
  editorAction(name: string): Locator {
    const actions = this.page.locator('.editor-group-container.active .editor-actions');
    return actions.getByRole('button', { name, exact: true });
  }

  /** Returns the active text editor if it has the focus and shows this text. */
  focusedEditor(text = ''): Locator {
    return this.page
      .locator('.editor-group-container.active .monaco-editor.focused .view-lines')
      .filter({ hasText: text });
  }

  /** Moves the focus to the active text editor. */
  async focusEditor(): Promise<void> {
    await this.editor.click();
    await this.focusedEditor().first().waitFor();
  }

  /**
   * Runs a command by its title in the command palette.
   *
   * @param options.exact - whether the title must match exactly; the palette sorts commands with all words by name
   * @param options.fromWebview - whether a webview has the focus before and after; see `openQuickAccess`
   */
  async runCommand(title: string, { exact = false, fromWebview = false } = {}): Promise<void> {
    const row = exact
      ? this.quickInputRows.filter({ has: this.page.getByText(title, { exact }) }).first()
      : this.quickInputRows.filter({ hasText: title }).first();
    for (let attempt = 1; ; attempt++) {
      await this.openQuickAccess(['F1'], '>', { fromWebview });
      await this.page.keyboard.insertText(title);
      try {
        await row.waitFor({ timeout: PATIENCE / 3 });
        break;
      } catch (error) {
        if (attempt === 3) throw error;
        // The palette lists the commands at the time it opened. Commands for a new editor appear the next time.
        await this.page.keyboard.press('Escape');
        await this.quickInput.waitFor({ state: 'hidden' });
      }
    }
    if (exact) await this.#moveTo(row);
    await this.pressOnRow('Enter', title);
    await this.#untilQuickAccessLeaves('>');
  }

  /** Moves down to a row of the list below the input field. */
  async #moveTo(row: Locator): Promise<void> {
    const focused = row.and(this.page.locator('.focused'));
    while (!(await focused.isVisible())) await this.pressOnRow('ArrowDown');
  }

  /**
   * Opens the input field by keys, and waits until it has the focus and this text. The editor returns the focus to a
   * webview when the input field closes, and the webview takes it 50 ms later. An input field that opens meanwhile
   * loses the focus, and closes. So the focus leaves the webview before.
   */
  async openQuickAccess(
    keys: readonly string[],
    prefix: string,
    { fromWebview = false } = {},
  ): Promise<void> {
    if (!fromWebview) await this.leaveWebview();
    for (let attempt = 1; ; attempt++) {
      // A focused tree whose refresh ends just now takes the focus back, which closes the input field.
      if (attempt === 1 || !(await this.quickInput.isVisible())) {
        for (const key of keys) await this.page.keyboard.press(key);
      }
      try {
        await this.page.waitForFunction(isOpenWith, prefix, { timeout: PATIENCE / 3 });
        return;
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  }

  /**
   * Moves the focus from a webview to its editor group, which needs a tab index, because only empty groups are
   * focusable. A tab or an icon wouldn't do: they receive the key-up of an Enter that the input field received.
   */
  async leaveWebview(): Promise<void> {
    await this.page.waitForFunction(() => {
      if (document.activeElement?.tagName !== 'IFRAME') return true;
      const group = document.querySelector<HTMLElement>('.editor-group-container.active');
      if (group) {
        group.tabIndex = -1;
        group.focus();
      }
      return false;
    });
  }

  /** Waits until the input field is closed, or shows another prompt. Until then, it would receive the next keys. */
  async #untilQuickAccessLeaves(prefix: string): Promise<void> {
    await this.page.waitForFunction(text => {
      const widget = document.querySelector<HTMLElement>('.quick-input-widget');
      return !widget?.checkVisibility() || !widget.querySelector('input')?.value.startsWith(text);
    }, prefix);
  }

  /** Fills the open input field, and accepts the first row. */
  async choose(text: string, row = text): Promise<void> {
    await this.quickInput.locator('input').first().fill(text);
    await this.pressOnRow('Enter', row);
  }

  /** Waits until a prompt has this text in its title, placeholder, message or rows. */
  async untilPrompted(text: string): Promise<void> {
    await this.page.waitForFunction(expected => {
      const widget = document.querySelector<HTMLElement>('.quick-input-widget');
      const input = widget?.querySelector('input:not([type=checkbox])');
      const placeholder = input?.getAttribute('placeholder') ?? '';
      const texts = [widget?.innerText, placeholder].join(' ').replace(/\s+/g, ' ');
      return widget?.checkVisibility() && texts.includes(expected);
    }, text);
  }

  /** Accepts the open prompt with Enter: its default, or this text or row. */
  async answer(prompt: {
    readonly type?: string;
    readonly pick?: string;
    /** Whether to check the box of the first row before. */
    readonly checks?: boolean;
  }): Promise<void> {
    const { type, pick, checks = false } = prompt;
    if (type !== undefined) await this.quickInput.locator('input[type=text]').first().fill(type);
    if (checks) await this.quickInputRows.first().click();
    await this.pressOnRow('Enter', pick);
  }

  /** Presses a key when the input field has the focus, and its focused row has this text. */
  async pressOnRow(key: string, row = ''): Promise<void> {
    const latest = Date.now() + PATIENCE;
    while (!(await this.#pressOn(row, key))) {
      if (Date.now() > latest) {
        throw new Error(`There is no input field with the focus and a row "${row}" to take.`);
      }
      await sleep(100);
    }
  }

  /**
   * Presses a key, which is delivered only if the input field has the focus and its focused row has this text at that
   * moment. The check runs in the window.
   *
   * @returns whether it was delivered
   */
  async #pressOn(row: string, key: string): Promise<boolean> {
    const guard = await this.page.evaluateHandle(expected => {
      const plain = (text: string | null | undefined): string =>
        (text ?? '').replace(/\s+/g, ' ').toLowerCase();
      const watch = { hasArrived: false, listen };
      function listen(event: Event): void {
        const widget = document.querySelector('.quick-input-widget');
        const chosen = widget?.querySelector('.quick-input-list .monaco-list-row.focused');
        watch.hasArrived =
          widget?.contains(event.target as Node) === true &&
          plain(chosen?.textContent).includes(plain(expected));
        if (watch.hasArrived) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      window.addEventListener('keydown', listen, { capture: true });
      return watch;
    }, row);
    await this.page.keyboard.press(key);
    return guard.evaluate(({ hasArrived, listen }) => {
      window.removeEventListener('keydown', listen, { capture: true });
      return hasArrived;
    });
  }

  /** Fills the open input field and waits for a row with this text. */
  async type(text: string, { expectRow }: { expectRow?: string } = {}): Promise<void> {
    await this.quickInput.locator('input').first().fill(text);
    if (expectRow) await this.quickInputRows.filter({ hasText: expectRow }).first().waitFor();
  }

  /** Opens Callboard's search by its keys. Retries, because a starting window ignores them. */
  async openSearch(): Promise<void> {
    const input = this.quickInput.getByPlaceholder('Words, "phrases"');
    await this.untilShown(input, () => this.page.keyboard.press('Shift+Alt+S'));
  }

  /** Chooses a color theme by its name in the list. */
  async chooseTheme(name: string): Promise<void> {
    await this.openQuickAccess(['Control+K', 'Control+T'], '');
    await this.choose(name);
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** Opens a container of the activity bar. */
  async openContainer(name: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name });
    const title = this.sideBar
      .locator('.composite.title')
      .filter({ hasText: new RegExp(name, 'i') });
    // A click on an open container closes it, for example if the window has just restored it.
    await this.untilShown(title, () => tab.click());
  }

  /** Repeats an action until its effect is visible. Does nothing if it is visible already. */
  async untilShown(effect: Locator, act: () => Promise<unknown>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      if (!(await effect.isVisible())) await act();
      try {
        await effect.waitFor({ timeout: 10_000 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }

  /** Returns a view of the side bar by its title. */
  view(name: string): Locator {
    return this.sideBar.locator('.pane').filter({
      has: this.page.locator('.pane-header', { hasText: new RegExp(`^${name}(?! Health)`) }),
    });
  }

  /** Expands a view of the side bar. */
  async openView(name: string): Promise<Locator> {
    const view = this.view(name);
    const header = view.locator('.pane-header');
    await header.waitFor();
    const unfolded = header.and(this.page.locator('[aria-expanded="true"]'));
    await this.untilShown(unfolded, () => header.click());
    return view;
  }

  /** Returns the button of the status bar for the active file. */
  get entityStatus(): Locator {
    return this.page.locator('.statusbar-item-label[aria-label^="This file "]');
  }

  /** Returns a row of the Explorer. */
  explorerRow(name: string): Locator {
    return this.page.locator('.explorer-folders-view').getByRole('treeitem', { name, exact: true });
  }

  /** Returns the text at the right of a row, empty if there is none. It is rendered by style sheets. */
  async badgeOf(row: Locator): Promise<string> {
    const content = await row
      .locator('.monaco-icon-label')
      .evaluate(label => getComputedStyle(label, '::after').content);
    return content === 'none' ? '' : content.replaceAll('"', '');
  }

  /** Returns a row of any tree by its accessible name. */
  treeItem(name: string | RegExp): Locator {
    return this.page.getByRole('treeitem', { name });
  }

  /** Expands a collapsed row. */
  async expand(item: Locator): Promise<void> {
    await item.waitFor();
    const withState = (isUnfolded: boolean): Locator =>
      item.and(this.page.locator(`[aria-expanded="${isUnfolded}"]`));
    // A tree that is being refreshed may drop the click.
    await this.untilShown(withState(true), () =>
      withState(false)
        .locator('.monaco-tl-twistie')
        .click({ timeout: 5000 })
        .catch(() => undefined),
    );
  }

  /** Opens a file of the folder by its name, through Go to File. */
  async openFile(name: string): Promise<void> {
    await this.openQuickAccess(['Control+P'], '');
    const input = this.quickInput.locator('input').first();
    await input.fill(name);
    // Typed text may be searched in an outdated list of files, so it is typed again.
    const none = this.quickInputRows.filter({ hasText: 'No matching results' });
    const row = this.quickInputRows.filter({ hasText: name }).first();
    await row.or(none).first().waitFor();
    await this.untilShown(row, async () => {
      await input.fill('');
      await input.fill(name);
    });
    await this.pressOnRow('Enter', name);
    await this.tab(name).and(this.page.locator('.active')).waitFor();
  }

  /** Closes editors without saving, messages, the input field and the panel, and shows the collapsed catalog. */
  async closeAll(): Promise<void> {
    const { keyboard } = this.page;
    if (await this.quickInput.isVisible()) await keyboard.press('Escape');
    await this.quickInput.waitFor({ state: 'hidden' });
    await this.leaveWebview();
    const dialog = this.page.locator('.monaco-dialog-box');
    const discard = dialog.getByRole('button', { name: "Don't Save" });
    const empty = this.page.locator('.editor-group-container.empty');
    // The key also collapses the catalog, and does nothing before its view was shown once.
    await this.openContainer('Callboard');
    await this.untilShown(discard.or(empty).first(), () => keyboard.press(CLOSE_ALL));
    if (await discard.isVisible()) await discard.click();
    await empty.waitFor();
    await this.sideBar
      .locator('.pane-header[aria-expanded="true"]')
      .filter({ hasNotText: /^Catalog(?! Health)/ })
      .evaluateAll(headers => headers.forEach(header => (header as HTMLElement).click()));
  }

  /** Opens a walkthrough of the Welcome page by its title. */
  async openWalkthrough(title: string): Promise<void> {
    await this.runCommand('Open Walkthrough');
    await this.choose(title);
    await this.page.locator('.getting-started-step').first().waitFor();
  }

  /** Brings an open tab to the front, and waits until its editor has the focus, which would close an input field. */
  async openTab(name: string): Promise<void> {
    const hasFocus = (): boolean => {
      const focused = document.activeElement;
      const editor = focused?.closest('.editor-group-container.active .monaco-editor');
      return focused?.tagName === 'IFRAME' || !!editor;
    };
    const inFront = this.page.locator('.editor-group-container.active .tab.active');
    const isOpen = await inFront.filter({ hasText: name }).first().isVisible();
    if (isOpen && (await this.page.evaluate(hasFocus))) return;
    const tab = this.tab(name).first();
    await tab.click();
    await tab.and(this.page.locator('.active')).waitFor();
    await this.page.waitForFunction(hasFocus);
  }

  /** Returns the open tab of a file. */
  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name });
  }

  /**
   * Drags a row onto another until the expected result appears. A tree that re-renders its rows between press and
   * release cancels the drag.
   */
  async drag(row: Locator, onto: Locator, expected: Locator): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await row.dragTo(onto);
      try {
        await expected.waitFor({ timeout: 20_000 });
        return;
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  }

  /** Returns the tab of a file with unsaved changes. */
  unsavedTab(name: string): Locator {
    return this.page.locator('.tabs-container .tab.dirty', { hasText: name });
  }

  /** Hovers over a row, and presses one of its buttons. Retries, because a re-rendered row has no buttons. */
  async pressRowButton(row: Locator, name: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await row.hover();
      try {
        await row.getByRole('button', { name, exact: true }).click({ timeout: 8000 });
        return;
      } catch (error) {
        if (attempt === 4) throw error;
        await this.page.mouse.move(0, 0);
      }
    }
  }

  /** Selects an item of a row's context menu. */
  async chooseFromMenu(row: Locator, name: string, submenu?: string): Promise<void> {
    const item = this.page.getByRole('menuitem', { name });
    do {
      await this.untilShown(item, async () => {
        await row.click({ button: 'right' });
        if (submenu === undefined) return;
        await this.page.getByRole('menuitem', { name: submenu, exact: true }).click();
      });
    } while (!(await this.takeMenuItem(item)));
  }

  /**
   * Selects an item of an open menu by Enter, because a menu ignores clicks in the first 100 ms.
   *
   * @returns whether it was selected; the window closes a menu when its row is drawn again
   */
  async takeMenuItem(item: Locator): Promise<boolean> {
    const focused = item.and(this.page.locator(':focus'));
    while (!(await focused.isVisible())) {
      if (!(await item.isVisible())) return false;
      await item.hover({ timeout: 5000 }).catch(() => undefined);
    }
    await this.page.keyboard.press('Enter');
    await item.waitFor({ state: 'hidden' });
    return true;
  }

  /** Hovers over an element until its hover has this text. Retries, because re-rendering closes a hover. */
  async hoverOver(target: Locator, text: string): Promise<void> {
    const hover = this.page.locator('.workbench-hover', { hasText: text });
    for (let attempt = 1; ; attempt++) {
      await target.hover();
      try {
        await hover.waitFor({ timeout: 10_000 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.mouse.move(0, 0);
      }
    }
  }

  /**
   * Waits until VS Code has restored the window and knows what Callboard contributes. Until then, it takes the focus, and the
   * palette doesn't have the commands, not even later while it is open.
   */
  async untilRestored(): Promise<void> {
    const timeout = 120_000;
    await this.page.waitForFunction(
      () => performance.getEntriesByName('code/LifecyclePhase/Restored').length > 0,
      undefined,
      { timeout },
    );
    const activityBar = this.page.locator('.monaco-workbench .activitybar');
    await activityBar.getByRole('tab', { name: 'Callboard' }).waitFor({ timeout });
  }

  /** Reloads the window after it has stored its state. */
  async reload(kept = ''): Promise<void> {
    if (kept) await this.untilStored(kept);
    await this.page.reload({ waitUntil: 'commit' });
    await this.untilRestored();
  }

  /** Waits until the window's storage contains a text. */
  async untilStored(text: string): Promise<void> {
    const latest = Date.now() + PATIENCE;
    while (!(await this.page.evaluate(isStored, text))) {
      if (Date.now() > latest) throw new Error(`The window does not store "${text}".`);
      await sleep(100);
    }
  }

  /** Opens the light bulb's menu at the cursor and returns a row of it. Re-rendering closes the menu. */
  async openQuickFix(title: string): Promise<Locator> {
    const row = this.page.locator('.action-widget').getByText(title, { exact: true });
    await this.untilShown(row, () => this.page.keyboard.press('Control+.'));
    return row;
  }

  /** Shows the Problems panel, which takes the focus later. Returns its rows. */
  async openProblems(): Promise<Locator> {
    const panel = this.page.locator('.markers-panel');
    await this.untilShown(panel, () => this.page.keyboard.press('Control+Shift+M'));
    return panel.getByRole('treeitem');
  }

  /** Lines of the visible output channel. */
  get outputLines(): Locator {
    return this.page.locator('.part.panel .output-view .view-line');
  }

  /** Shows Callboard's log. Retries, because a starting window may close its panel again. */
  async showLog(): Promise<void> {
    await this.untilShown(this.outputLines.first(), () => this.runCommand('Callboard: Show Log'));
  }

  /** Returns the inner page of the visible webview. */
  webview(): ReturnType<Page['frameLocator']> {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /**
   * Waits until the window is idle: no requests and no progress bar. For pictures, not for tests.
   */
  async settled(): Promise<void> {
    await this.page.waitForLoadState('networkidle');
    await this.page.locator('.monaco-progress-container.active').waitFor({ state: 'detached' });
  }

  /** Writes a picture of the whole window. */
  async screenshot(path: string): Promise<void> {
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
  }
}

/** Whether the input field is open with a text, and has the focus. Runs in the window. */
function isOpenWith(text: string): boolean {
  const input = document.querySelector<HTMLInputElement>('.quick-input-widget input[type=text]');
  return !!input?.checkVisibility() && input.value === text && input === document.activeElement;
}

/** Runs in the window. Whether its storage contains a value with this text. */
async function isStored(text: string): Promise<boolean> {
  const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(request.error?.message));
    });
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await answerOf(indexedDB.open(name));
    try {
      for (const store of database.objectStoreNames) {
        const values = await answerOf<unknown[]>(
          database.transaction(store).objectStore(store).getAll(),
        );
        if (values.some(value => typeof value === 'string' && value.includes(text))) return true;
      }
    } finally {
      database.close();
    }
  }
  return false;
}
