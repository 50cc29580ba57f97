import { readFileSync } from 'node:fs';
import type { FrameLocator, Locator } from 'playwright-core';
import { expect } from 'vitest';
import { inProject } from '../../../scripts/lib/project.mjs';
import { type Workbench, PATIENCE } from '../workbench';
import type { Prompt } from './commandSeries';
import type { WindowProblems } from './windowProblems';

/** Text that no part of the window shows unless the code failed. */
const FAILURE_TEXT =
  /\bis not a function\b|\bis not defined\b|Cannot (read|set) propert|\[object \w+\]|failed with message|\bundefined\b|\bNaN\b/;

/** Opens parts of a window, and reports each error text. */
export class SmokeJourney {
  readonly #workbench: Workbench;
  readonly #problems: WindowProblems;

  constructor(workbench: Workbench, problems: WindowProblems) {
    this.#workbench = workbench;
    this.#problems = problems;
  }

  /** The visible portal page. */
  get page(): FrameLocator {
    return this.#workbench.webview();
  }

  /** Sets the step that later problems are reported for. */
  begin(step: string): void {
    this.#problems.step = step;
  }

  /** Waits until the visible page has its content, and reports its errors. */
  async checkPage(): Promise<void> {
    const loading = this.page.locator('.state-loading, vscode-progress-ring').first();
    await loading.waitFor({ state: 'detached' });
    for (const text of await this.page.locator('.state-failed').allInnerTexts()) {
      this.#problems.add(`shows: ${text}`);
    }
    await this.#readTexts();
  }

  /** Opens each tab of an entity page when the page is visible. */
  async checkTabs(title: string): Promise<void> {
    const entity = this.page.getByRole('article', { name: title, exact: true });
    await entity.waitFor();
    await this.checkPage();
    // Tabs are known once their cards have loaded.
    const tabs = entity.getByRole('tablist').first().getByRole('tab');
    for (let index = 0; index < (await tabs.count()); index++) {
      await tabs.nth(index).click();
      // The previous tab is shown until the host has responded.
      await tabs.nth(index).and(this.page.locator('[aria-selected=true]')).waitFor();
      await this.checkPage();
      // Code, forms and option lists are in separate cards.
      const choices = entity.locator('.cards [role=radio], .cards [role=tab]');
      for (let choice = 0; choice < (await choices.count()); choice++) {
        await choices.nth(choice).click();
        await this.checkPage();
      }
    }
  }

  /**
   * Waits until the window is idle, reports error messages, and closes prompts.
   *
   * @param isAnswered - whether a prompt or message is required
   */
  async dismiss({ isAnswered = false } = {}): Promise<void> {
    let asks = await this.#rest({ isAnswered });
    for (let round = 0; asks; round++) {
      if (round === 6) {
        this.#problems.add('leaves something open that Escape does not close');
        return;
      }
      await this.#workbench.page.keyboard.press('Escape');
      asks = await this.#rest({ quiet: 50 });
    }
  }

  /**
   * Runs a command from the palette, and dismisses its prompts. A command with an ellipsis in its title must show a prompt
   * or a message.
   *
   * @param tab - tab of the editor for the command
   */
  async run(title: string, tab?: string): Promise<void> {
    await this.#start(title, tab);
    await this.dismiss({ isAnswered: title.endsWith('…') });
  }

  /** Runs a command, answers its prompts, and dismisses the last one. */
  async runSeries(title: string, prompts: readonly Prompt[], tab?: string): Promise<void> {
    await this.#start(title, tab);
    for (const [index, prompt] of prompts.entries()) {
      this.begin(`${title} (${index + 1}/${prompts.length})`);
      await this.#workbench.untilPrompted(prompt.shows);
      await this.#readTexts();
      if (index < prompts.length - 1) await this.#workbench.answer(prompt);
    }
    await this.dismiss({ isAnswered: true });
  }

  /** Runs a command, and answers all of its prompts. */
  async runWithAnswer(title: string): Promise<void> {
    await this.#start(title);
    await this.#rest({ isAnswered: true });
    await this.#workbench.page.keyboard.press('ArrowUp');
    await this.#workbench.page.keyboard.press('Enter');
    await this.dismiss();
  }

  async #start(title: string, tab?: string): Promise<void> {
    this.begin(title);
    if (tab !== undefined) await this.#workbench.openTab(tab);
    const { commands } = this.#problems;
    const id = commandId(title);
    const before = commands.started(id);
    await this.#workbench.runCommand(title, { exact: true });
    // The window may be idle before it requests the command from the extension host.
    await expect.poll(() => commands.started(id), { message: title }).toBeGreaterThan(before);
  }

  /** Waits until the window is idle, and reports error messages. @returns whether a prompt is open */
  async #rest({ isAnswered = false, quiet = 150 } = {}): Promise<boolean> {
    const { commands } = this.#problems;
    const latest = Date.now() + PATIENCE;
    for (let round = 0; ; round++) {
      const options = { isAnswered: isAnswered && round === 0, quiet, longest: PATIENCE };
      const { errors, asks, restless, end } = await this.#workbench.page.evaluate(
        restOfWindow,
        options,
      );
      for (const error of errors) this.#problems.add(`message: ${error}`);
      // A page takes the focus when it is shown, also from the palette. Two pages exist while one replaces the other.
      const webview = this.#workbench.page.locator('iframe.webview.ready').first();
      if (await webview.isVisible()) {
        const content = webview.contentFrame().frameLocator('iframe#active-frame');
        await content.locator('.state-loading').first().waitFor({ state: 'detached' });
      }
      if (restless !== undefined) this.#problems.add(`does not come to rest: ${restless}`);
      await this.#readTexts();
      // A command that was running may show another prompt.
      if (asks || commands.wereIdle(end, quiet)) return asks;
      await commands.untilEnded(500);
      if (Date.now() > latest) {
        this.#problems.add(`does not end: ${commands.running.join(', ')}`);
        return false;
      }
    }
  }

  /** Selects each item of a row's menu whose label wasn't selected yet. */
  async takeMenu(row: Locator, taken: Set<string>): Promise<void> {
    const { page } = this.#workbench;
    const items = page.locator('.context-view [role=menuitem]:not([aria-disabled=true])');
    /** Submenus whose items were all selected. */
    const finished = new Set<string>();
    for (;;) {
      // The previous item may have opened another container of the side bar.
      await this.#workbench.openContainer('Callboard');
      await row.waitFor();
      await this.#workbench.untilShown(items.first(), () => row.click({ button: 'right' }));
      const labels = await items.allInnerTexts();
      // The window closes a menu when its row is drawn again.
      if (!labels.some(label => label.trim())) continue;
      const next = await untaken(items, labels, new Set([...taken, ...finished]));
      if (!next) break;
      if (next.isSubmenu) await this.#takeFromSubmenu(next, { taken, finished });
      else await this.#take(next, taken);
    }
    await page.keyboard.press('Escape');
  }

  /** Selects an item of the submenu that wasn't selected yet, or marks the submenu as finished. */
  async #takeFromSubmenu(
    { item, label }: MenuItem,
    { taken, finished }: { readonly taken: Set<string>; readonly finished: Set<string> },
  ): Promise<void> {
    const { page } = this.#workbench;
    const items = page.locator('.monaco-submenu [role=menuitem]:not([aria-disabled=true])');
    await this.#workbench.untilShown(items.first(), () => item.click());
    const labels = await items.allInnerTexts();
    const next = await untaken(items, labels, taken);
    if (next) await this.#take(next, taken);
    else if (labels.some(text => text.trim())) {
      finished.add(label);
      await this.dismiss();
    }
  }

  async #take({ item, label }: MenuItem, taken: Set<string>): Promise<void> {
    this.begin(`menu: ${label}`);
    if (!(await this.#workbench.takeMenuItem(item))) return;
    taken.add(label);
    await this.dismiss();
  }

  async #readTexts(): Promise<void> {
    const frames = this.#workbench.page.frames();
    const texts = await Promise.all(
      frames.map(frame => frame.evaluate(() => document.body.innerText).catch(() => '')),
    );
    for (const line of texts.join('\n').split('\n')) {
      if (FAILURE_TEXT.test(line)) this.#problems.add(`shows: ${line.trim()}`);
    }
  }
}

interface MenuItem {
  readonly item: Locator;
  readonly label: string;
  readonly isSubmenu: boolean;
}

/** Returns the first item with a label that wasn't selected. */
async function untaken(
  items: Locator,
  labels: readonly string[],
  taken: ReadonlySet<string>,
): Promise<MenuItem | undefined> {
  const next = labels.findIndex(label => label.trim() !== '' && !taken.has(label));
  if (next < 0) return undefined;
  const item = items.nth(next);
  const isSubmenu = (await item.getAttribute('aria-haspopup')) === 'true';
  return { item, label: labels[next] ?? '', isSubmenu };
}

interface Rest {
  /** Messages that show errors. */
  readonly errors: readonly string[];
  /** Whether a prompt is open. */
  readonly asks: boolean;
  /** Activities that were still running at the timeout. */
  readonly restless: string | undefined;
  /** Time when the window was idle, in milliseconds since the epoch. */
  readonly end: number;
}

/**
 * Runs in the window. Waits until no progress and no change is visible, and clears the messages.
 *
 * @param isAnswered - whether a prompt or message is required
 * @param quiet - milliseconds without a change
 * @param longest - maximum milliseconds to wait
 */
async function restOfWindow({
  isAnswered,
  quiet,
  longest,
}: {
  readonly isAnswered: boolean;
  readonly quiet: number;
  readonly longest: number;
}): Promise<Rest> {
  const visible = (...selectors: readonly string[]): readonly HTMLElement[] =>
    [...document.querySelectorAll<HTMLElement>(selectors.join())].filter(element =>
      element.checkVisibility(),
    );
  const asking = (): readonly HTMLElement[] =>
    visible(
      ...['.monaco-dialog-box', '.monaco-modal-editor-block', '.quick-input-widget'],
      '.context-view .monaco-menu',
    );
  const toasts = (): readonly HTMLElement[] => visible('.notification-toast');
  const goingOn = (): string | undefined => {
    const [progress] = visible('.monaco-progress-container.active');
    if (progress) return `progress in ${progress.parentElement?.className}`;
    if (visible('iframe.webview:not(.ready)').length) return 'a webview loads';
    const isSilent = isAnswered && !asking().length && !toasts().length;
    return isSilent ? 'nothing is asked or said' : undefined;
  };
  const latest = performance.now() + longest;
  let changed = performance.now();
  let change = '';
  const observer = new MutationObserver(([record]) => {
    changed = performance.now();
    change = `changes in ${record?.target.parentElement?.className}`;
  });
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  let restless: string | undefined;
  for (;;) {
    // Looking at each frame would keep the window from becoming idle.
    await new Promise(resolve => setTimeout(resolve, 25));
    await new Promise(requestAnimationFrame);
    restless = goingOn();
    if (restless === undefined && performance.now() - changed < quiet) restless = change;
    else if (restless !== undefined) changed = performance.now();
    if (restless === undefined || performance.now() > latest) break;
  }
  observer.disconnect();
  const end = Date.now();
  const errors: string[] = [];
  for (const toast of toasts()) {
    if (toast.querySelector('.codicon-error')) errors.push(toast.innerText);
    toast.querySelector<HTMLElement>('.codicon-notifications-clear')?.click();
  }
  return { errors, asks: asking().length > 0, restless, end };
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

/** Contexts that the smoke workspace lacks: sources, a running Backstage, an app-config. */
const lacking =
  /callboard\.(hasSources|hasInstances|catalog\.hasBackstage)|catalog\.mode == backstage/;

/** Context that only trusted windows have. */
const trusted = /(^|[^!])\bisWorkspaceTrusted\b/;

/**
 * Titles of commands: those that the palette may show, and those of menus and buttons only. Excludes commands whose
 * contexts the smoke workspace lacks.
 *
 * @param trust - `restricted` excludes commands of trusted workspaces, too
 */
export function commandTitles(trust: 'trusted' | 'restricted' = 'trusted'): {
  readonly palette: readonly string[];
  readonly others: readonly string[];
} {
  const { commands, menus, textOf } = readManifest();
  const hidden = new Set(
    menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command),
  );
  const elsewhere = new Set(
    menus.commandPalette
      .filter(({ when }) => lacking.test(when) || (trust === 'restricted' && trusted.test(when)))
      .map(({ command }) => command),
  );
  const titles = (isHidden: boolean): readonly string[] =>
    commands
      .filter(({ command }) => !elsewhere.has(command))
      .filter(({ command }) => hidden.has(command) === isHidden)
      .map(({ category, title }) => `${isHidden ? '' : `${textOf(category)}: `}${textOf(title)}`);
  return { palette: titles(false), others: titles(true) };
}

/** Returns the id of a command by its title in the palette. */
function commandId(title: string): string {
  const { commands, menus, textOf } = readManifest();
  const isHidden = (id: string): boolean =>
    menus.commandPalette.some(({ command, when }) => command === id && when === 'false');
  const found = commands.find(
    ({ command, category, title: own }) =>
      `${textOf(category)}: ${textOf(own)}` === title && !isHidden(command),
  );
  if (!found) throw new Error(`No command has the title ${title}`);
  return found.command;
}

function readManifest(): Manifest['contributes'] & { readonly textOf: (text: string) => string } {
  const read = (name: string): unknown => JSON.parse(readFileSync(inProject(name), 'utf8'));
  const texts = new Map(Object.entries(read('package.nls.json') as Record<string, string>));
  return {
    ...(read('package.json') as Manifest).contributes,
    textOf: text => texts.get(text.replaceAll('%', '')) ?? text,
  };
}
