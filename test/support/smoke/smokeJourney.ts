import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FrameLocator, Locator } from 'playwright-core';
import { inProject } from '../../../scripts/lib/project.mjs';
import { type Workbench, PATIENCE } from '../workbench';
import type { WindowProblems } from './windowProblems';

/** Text that no part of the window shows unless the code failed. */
const FAILURE_TEXT =
  /\bis not a function\b|\bis not defined\b|Cannot (read|set) propert|\[object \w+\]|failed with message|\bundefined\b|\bNaN\b/;

/** A walk through a window that reports each error text it meets. */
export class SmokeJourney {
  readonly #workbench: Workbench;
  readonly #problems: WindowProblems;

  constructor(workbench: Workbench, problems: WindowProblems) {
    this.#workbench = workbench;
    this.#problems = problems;
  }

  /** The portal's page, in the webview in front. */
  get page(): FrameLocator {
    return this.#workbench.webview();
  }

  /** Names the step that later problems belong to. */
  begin(step: string): void {
    this.#problems.step = step;
  }

  /** Waits until the page in front has its content, and reports what failed on it. */
  async lookAtPage(): Promise<void> {
    await this.#untilGone(this.page.locator('.state-loading, vscode-progress-ring'));
    for (const text of await this.page.locator('.state-failed').allInnerTexts()) {
      this.#problems.add(`shows: ${text}`);
    }
    await this.#readTexts();
  }

  /** Opens each tab of the entity page in front. */
  async lookAtTabs(): Promise<void> {
    await this.page.locator('.entity-page').waitFor();
    const tabs = this.page.locator('.entity-page [role=tab]');
    for (const tab of await tabs.all()) {
      await tab.click();
      await this.lookAtPage();
      // Code, forms and lists of choices come in cards of their own.
      for (const choice of await this.page
        .locator('.cards [role=radio], .cards [role=tab]')
        .all()) {
        await choice.click();
        await this.lookAtPage();
      }
    }
  }

  /** Waits until the window rests, reports error messages, and closes whatever asks for something. */
  async dismiss(): Promise<void> {
    await this.#rest();
    await this.#readTexts();
    const { page, quickInput, notifications } = this.#workbench;
    for (let round = 0; round < 6; round++) {
      const dialog = page.locator('.monaco-dialog-box');
      const open = [dialog, quickInput, page.locator('.context-view .monaco-menu')];
      const visible = await Promise.all(open.map(locator => locator.first().isVisible()));
      if (!visible.includes(true)) break;
      await page.keyboard.press('Escape');
      await this.#rest();
    }
    for (const toast of await notifications.all()) {
      const text = await toast.innerText().catch(() => '');
      const isError = (await toast.locator('.codicon-error').count()) > 0;
      if (isError) this.#problems.add(`message: ${text}`);
    }
    if (await notifications.count()) {
      await page.keyboard.press('Escape');
      for (const close of await page
        .locator('.notification-toast .codicon-notifications-clear')
        .all()) {
        await close.click({ timeout: 2000 }).catch(() => undefined);
      }
    }
  }

  /** Runs a command by its title. @returns whether the palette offers it here */
  async run(title: string): Promise<boolean> {
    this.begin(title);
    const { page, quickInput, quickInputRows } = this.#workbench;
    const input = quickInput.locator('input').first();
    await this.#workbench.untilShown(input, async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
    });
    await input.fill(`>${title}`);
    const row = quickInputRows
      .and(page.locator('.focused'))
      .filter({ has: page.locator('.label-name', { hasText: title }) });
    const isOffered = await row.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
    await page.keyboard.press(isOffered ? 'Enter' : 'Escape');
    await this.dismiss();
    return isOffered;
  }

  /** Takes each item of the menu of a row that wasn't taken yet, by its label. */
  async takeMenu(row: Locator, taken: Set<string>): Promise<void> {
    const { page } = this.#workbench;
    const items = page.locator('.context-view [role=menuitem]:not([aria-disabled=true])');
    for (;;) {
      // The item before may have gone to another container of the side bar.
      await this.#workbench.openContainer('Callboard');
      await row.waitFor();
      await this.#workbench.untilShown(items.first(), () => row.click({ button: 'right' }));
      const labels = await items.allInnerTexts();
      const next = labels.findIndex(label => label.trim() !== '' && !taken.has(label));
      if (next < 0) break;
      const label = labels[next] ?? '';
      taken.add(label);
      this.begin(`menu: ${label}`);
      await items.nth(next).click();
      await this.dismiss();
    }
    await page.keyboard.press('Escape');
  }

  /** Waits until nothing changes in the window for a moment. */
  async #rest(): Promise<void> {
    const latest = Date.now() + PATIENCE;
    let before = '';
    let same = 0;
    while (same < 2 && Date.now() < latest) {
      const now = await this.#workbench.page.evaluate(() =>
        [
          ...['.quick-input-widget', '.monaco-dialog-box', '.notification-toast', '.context-view'],
          ...['.tabs-container', '.monaco-progress-container.active', '.sidebar'],
        ]
          .flatMap(selector => [...document.querySelectorAll<HTMLElement>(selector)])
          .map(element => (element.checkVisibility() ? element.innerText : ''))
          .join('\n'),
      );
      same = now === before ? same + 1 : 0;
      before = now;
      await sleep(100);
    }
  }

  async #untilGone(locator: Locator): Promise<void> {
    const latest = Date.now() + PATIENCE;
    while ((await locator.count()) > 0) {
      if (Date.now() > latest) {
        this.#problems.add(`never finishes loading: ${(await locator.allInnerTexts()).join()}`);
        return;
      }
      await sleep(50);
    }
  }

  async #readTexts(): Promise<void> {
    for (const frame of this.#workbench.page.frames()) {
      const text = await frame.evaluate(() => document.body.innerText).catch(() => '');
      for (const line of text.split('\n')) {
        if (FAILURE_TEXT.test(line)) this.#problems.add(`shows: ${line.trim()}`);
      }
    }
  }
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
  };
}

/** The titles of all commands that the palette may show. */
export function paletteCommands(): readonly string[] {
  const read = (name: string): unknown => JSON.parse(readFileSync(inProject(name), 'utf8'));
  const { commands, menus } = (read('package.json') as Manifest).contributes;
  const texts = new Map(Object.entries(read('package.nls.json') as Record<string, string>));
  const textOf = (text: string): string => texts.get(text.replaceAll('%', '')) ?? text;
  const hidden = new Set(
    menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command),
  );
  return commands
    .filter(({ command }) => !hidden.has(command))
    .map(({ category, title }) => `${textOf(category)}: ${textOf(title)}`);
}
