import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/**
 * The window of VS Code, in the words of a person who uses it. Selectors of the workbench live here
 * and nowhere else: they are VS Code's own and change with it.
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

  /** Runs a command by its title, as it reads in the command palette. */
  async runCommand(title: string): Promise<void> {
    await this.#askFor('F1', `>${title}`, title);
    await this.page.keyboard.press('Enter');
  }

  /** The titles that the palette offers for a text. */
  async commandsFor(text: string): Promise<string[]> {
    await this.#askFor('F1', `>${text}`);
    const titles = await this.quickInputRows
      .locator('.quick-input-list-row .monaco-icon-label')
      .allTextContents();
    await this.page.keyboard.press('Escape');
    return titles;
  }

  /**
   * Opens the input field by a key and types, until a row is offered. A window that is still starting
   * may close the field again or empty it, as another part of it takes the focus: then once more, as
   * a person would.
   */
  async #askFor(key: string, text: string, row = ''): Promise<void> {
    const input = this.quickInput.locator('input').first();
    const offered = this.quickInputRows.filter({ hasText: row }).first();
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press(key);
      try {
        await input.fill(text, { timeout: 5000 });
        await offered.waitFor({ timeout: 8000 });
        return;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Fills the open input field and waits for a row with this text. */
  async type(text: string, { expectRow }: { expectRow?: string } = {}): Promise<void> {
    await this.quickInput.locator('input').fill(text);
    if (expectRow) await this.quickInputRows.filter({ hasText: expectRow }).first().waitFor();
  }

  /** Opens a container of the activity bar. */
  async openContainer(name: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name });
    // A click on the open container would close it.
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.sideBar
      .locator('.composite.title')
      .filter({ hasText: new RegExp(name, 'i') })
      .waitFor();
  }

  /** A section of the side bar by its heading. */
  view(name: string): Locator {
    return this.sideBar
      .locator('.pane')
      .filter({ has: this.page.locator('.pane-header', { hasText: new RegExp(`^${name}`) }) });
  }

  /** Unfolds a section of the side bar. */
  async openView(name: string): Promise<Locator> {
    const view = this.view(name);
    const header = view.locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    return view;
  }

  /** What the status bar says of the file in the editor, a button. */
  get entityStatus(): Locator {
    return this.page.locator('.statusbar-item-label[aria-label^="This file "]');
  }

  /** A row of the Explorer's tree of files. */
  explorerRow(name: string): Locator {
    return this.page.locator('.explorer-folders-view').getByRole('treeitem', { name, exact: true });
  }

  /** What stands at the right of a row, empty where nothing does: it is drawn by style sheets alone. */
  async badgeOf(row: Locator): Promise<string> {
    const content = await row
      .locator('.monaco-icon-label')
      .evaluate(label => getComputedStyle(label, '::after').content);
    return content === 'none' ? '' : content.replaceAll('"', '');
  }

  /** A row of any tree, by the name a screen reader says. */
  treeItem(name: string | RegExp): Locator {
    return this.page.getByRole('treeitem', { name });
  }

  /** Unfolds a row that is folded. */
  async expand(item: Locator): Promise<void> {
    await item.waitFor();
    // A tree that is just being refreshed may drop the click.
    for (let attempt = 1; (await item.getAttribute('aria-expanded')) === 'false'; attempt++) {
      if (attempt > 3) throw new Error('The row stays folded.');
      await item.locator('.monaco-tl-twistie').click();
      await item
        .and(this.page.locator('[aria-expanded="true"]'))
        .waitFor({ timeout: 3000 })
        .catch(() => undefined);
    }
  }

  /** Opens a file of the folder by its name, through Go to File. */
  async openFile(name: string): Promise<void> {
    await this.#askFor('Control+P', name, name);
    await this.page.keyboard.press('Enter');
    await this.tab(name).waitFor();
  }

  /** Opens a walkthrough of the Welcome page by its title. */
  async openWalkthrough(title: string): Promise<void> {
    await this.runCommand('Open Walkthrough');
    await this.type(title, { expectRow: title });
    await this.page.keyboard.press('Enter');
    await this.page.locator('.getting-started-step').first().waitFor();
  }

  /** The open tab of a file. */
  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name });
  }

  /**
   * Drags a row onto another until what it leads to is there. A tree that draws its rows anew between
   * press and release lets go of what was dragged, as it does for a person.
   */
  async drag(row: Locator, onto: Locator, expected: Locator): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await row.dragTo(onto);
      try {
        await expected.waitFor({ timeout: 7000 });
        return;
      } catch (error) {
        if (attempt === 3) throw error;
      }
    }
  }

  /** The tab of a file with changes that were not saved. */
  unsavedTab(name: string): Locator {
    return this.page.locator('.tabs-container .tab.dirty', { hasText: name });
  }

  /** Points at something until its hover says this: what is drawn anew meanwhile takes it away again. */
  async hoverOver(target: Locator, text: string): Promise<void> {
    const hover = this.page.locator('.workbench-hover', { hasText: text });
    for (let attempt = 1; ; attempt++) {
      await target.hover();
      try {
        await hover.waitFor({ timeout: 4000 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.mouse.move(0, 0);
      }
    }
  }

  /** Shows the Problems panel and gives its rows. */
  async openProblems(): Promise<Locator> {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) await this.page.keyboard.press('Control+Shift+M');
    await panel.waitFor();
    return panel.getByRole('treeitem');
  }

  /** The lines of the output channel that is shown. */
  get outputLines(): Locator {
    return this.page.locator('.part.panel .output-view .view-line');
  }

  /** The inner page of the webview that is shown. */
  webview(): ReturnType<Page['frameLocator']> {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /**
   * Waits until the window has stopped working: no progress bar runs, and the status bar no longer
   * says that extensions are being activated. For pictures, not for tests.
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
