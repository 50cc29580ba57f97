import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../../base';

/**
 * Prompts that follow one another. An answered prompt stays open until the next one is shown or the steps end. If it
 * closed at once, the editor would give the focus back to the webview that had it, and the webview would take it after
 * the next prompt is shown.
 */
export class QuickSteps implements Disposable {
  #open: Disposable | undefined;

  /** Shows a prompt in place of the open one. */
  show(input: vscode.QuickInput, prompt: Disposable): void {
    input.show();
    this.#open?.dispose();
    this.#open = prompt;
  }

  /** Closes the open prompt. */
  dispose(): void {
    this.#open?.dispose();
    this.#open = undefined;
  }
}

/** Runs steps and closes the last prompt, whatever happens. */
export async function withQuickSteps<T>(run: (steps: QuickSteps) => Promise<T>): Promise<T> {
  const steps = new QuickSteps();
  try {
    return await run(steps);
  } finally {
    steps.dispose();
  }
}

/** Result of a step: an answer, a request to go back, or undefined if the prompt was dismissed. */
export type Answered<T> = { readonly answer: T } | 'back' | undefined;

/** Result of a step that can be left for a page, with the value entered so far. */
export type Step<T> = Answered<T> | { readonly begun: T | undefined };

/** Converts the value of a step. */
export function mapStep<T, U>(step: Step<T>, read: (value: T) => U): Step<U> {
  if (typeof step !== 'object') return step;
  if ('answer' in step) return { answer: read(step.answer) };
  return { begun: step.begun === undefined ? undefined : read(step.begun) };
}

export interface StepFrame {
  readonly steps: QuickSteps;
  readonly title: string;
  /** 1-based; undefined for steps that aren't counted. */
  readonly step?: number | undefined;
  /** Undefined if the number depends on the answer. */
  readonly totalSteps?: number | undefined;
  /** Whether the prompt has a Back button. Default: from the second step on. */
  readonly canGoBack?: boolean;
  /** Whether the user can switch to a page that has the rest of the form. Default: false. */
  readonly hasPage?: boolean;
}

type WithoutPage = { readonly hasPage?: false };

interface TextStep extends StepFrame {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly isPassword?: boolean;
  /** A button that opens a web page. */
  readonly link?: { readonly url: string; readonly tooltip: string } | undefined;
  /** Returns the error of a text, or undefined. Called on each change, and for an empty text only on Enter. */
  readonly validate: (text: string) => Promise<string | undefined> | string | undefined;
}

/** Asks for a text. The prompt doesn't close while the text has an error. */
export function askText(text: TextStep & WithoutPage): Promise<Answered<string>>;
export function askText(text: TextStep): Promise<Step<string>>;
export function askText(text: TextStep): Promise<Step<string>> {
  return new Promise(resolve => {
    const store = new DisposableStore();
    const input = store.add(vscode.window.createInputBox());
    const { link } = text;
    const linkButton = link && {
      iconPath: new vscode.ThemeIcon('link-external'),
      tooltip: link.tooltip,
    };
    setFrame(input, text, linkButton);
    input.prompt = text.prompt;
    input.placeholder = text.placeholder;
    input.value = text.value ?? '';
    input.password = text.isPassword ?? false;
    let isFinished = false;
    const finish = (step: Step<string>): void => {
      isFinished = true;
      input.busy = true;
      resolve(step);
    };
    let latest = 0;
    const validate = async (isFinal: boolean): Promise<boolean> => {
      const current = ++latest;
      const isPending = !isFinal && input.value.trim() === '';
      const message = isPending ? undefined : await text.validate(input.value);
      // A text typed meanwhile has its own validation.
      if (current !== latest || isFinished || store.isDisposed) return false;
      input.validationMessage = message;
      return message === undefined;
    };
    store.add(input.onDidChangeValue(() => void validate(false)));
    let isAccepting = false;
    store.add(
      input.onDidAccept(async () => {
        // A second Enter doesn't restart a validation that is under way.
        if (isAccepting || isFinished) return;
        isAccepting = true;
        const answer = input.value;
        if (await validate(true)) finish({ answer });
        isAccepting = false;
      }),
    );
    store.add(
      input.onDidTriggerButton(button => {
        if (link && button === linkButton) void vscode.env.openExternal(vscode.Uri.parse(link.url));
        else finish(button === toPage ? { begun: input.value } : 'back');
      }),
    );
    store.add(input.onDidHide(() => finish(undefined)));
    text.steps.show(input, store);
  });
}

interface PickStep<T extends vscode.QuickPickItem> extends StepFrame {
  readonly placeholder: string;
  readonly items: readonly T[];
  /** The initial selection, or the initially active row if only one can be picked. */
  readonly chosen?: readonly T[];
  /** Whether several rows can be picked. Default: false. */
  readonly isSeveral?: boolean;
  /** Whether the filter matches the second line, too. Default: false. */
  readonly matchOnDetail?: boolean;
  /** Returns a row for a typed text that matches no other row. */
  readonly other?: (text: string) => T | undefined;
  /** Returns the rows for a typed text, in place of `items`. */
  readonly itemsFor?: (text: string) => readonly T[];
}

/** Lets the user pick rows: one, unless `isSeveral` is set. */
export function askPick<T extends vscode.QuickPickItem>(
  options: PickStep<T> & WithoutPage,
): Promise<Answered<readonly T[]>>;
export function askPick<T extends vscode.QuickPickItem>(
  options: PickStep<T>,
): Promise<Step<readonly T[]>>;
export function askPick<T extends vscode.QuickPickItem>(
  options: PickStep<T>,
): Promise<Step<readonly T[]>> {
  return new Promise(resolve => {
    const store = new DisposableStore();
    const pick = store.add(vscode.window.createQuickPick<T>());
    const { placeholder, items, chosen = [], isSeveral = false, other, itemsFor } = options;
    setFrame(pick, options);
    pick.placeholder = placeholder;
    pick.matchOnDescription = true;
    pick.matchOnDetail = options.matchOnDetail ?? false;
    pick.canSelectMany = isSeveral;
    pick.items = items;
    if (isSeveral) pick.selectedItems = chosen;
    else if (chosen.length > 0) pick.activeItems = chosen;
    const finish = (step: Step<readonly T[]>): void => {
      pick.busy = true;
      resolve(step);
    };
    if (itemsFor) {
      keepOrder(pick);
      store.add(pick.onDidChangeValue(text => (pick.items = itemsFor(text))));
    }
    if (other) {
      store.add(
        pick.onDidChangeValue(text => {
          const row = other(text);
          const { selectedItems } = pick;
          pick.items = row ? [...items, row] : items;
          if (isSeveral) pick.selectedItems = selectedItems;
        }),
      );
    }
    store.add(
      pick.onDidAccept(() => {
        const answer = isSeveral ? pick.selectedItems : pick.activeItems;
        // Enter does nothing if no row matches the typed text.
        if (isSeveral || answer.length > 0) finish({ answer });
      }),
    );
    store.add(
      pick.onDidTriggerButton(button =>
        finish(button === toPage ? { begun: isSeveral ? pick.selectedItems : undefined } : 'back'),
      ),
    );
    store.add(pick.onDidHide(() => finish(undefined)));
    options.steps.show(pick, store);
  });
}

/** Lets the user pick one row. */
export async function askOne<T extends vscode.QuickPickItem>(
  options: PickStep<T> & WithoutPage,
): Promise<Answered<T>> {
  const step = await askPick(options);
  if (typeof step !== 'object') return step;
  const [answer] = step.answer;
  return answer && { answer };
}

function setFrame(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  { title, step, totalSteps, hasPage, canGoBack = (step ?? 1) > 1 }: StepFrame,
  button?: vscode.QuickInputButton,
): void {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
  // Stays open while the user looks something up elsewhere.
  input.ignoreFocusOut = true;
  input.buttons = [
    ...(canGoBack ? [vscode.QuickInputButtons.Back] : []),
    ...(hasPage ? [toPage] : []),
    ...(button ? [button] : []),
  ];
}

const toPage: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('preview'),
  tooltip: vscode.l10n.t('Fill In on Page'),
};

/**
 * Makes a QuickPick keep the order of its items. By default, the editor moves matching labels to the top and hides
 * separators. The property isn't part of the API yet, though all supported versions have it; without it, the default
 * stays.
 */
export function keepOrder(pick: object): void {
  try {
    Object.assign(pick, { sortByLabel: false });
  } catch {
    // The order is the editor's, then.
  }
}

/** A token to ask the user for. */
export interface WantedToken {
  readonly host: string;
  /** The kind of token and the scopes it needs. */
  readonly prompt: string;
  /** The web page of the host that creates tokens; undefined if unknown. */
  readonly page: string | undefined;
}

/**
 * Asks for an access token of a host.
 *
 * @param steps - prompts before this one; default: there are none
 * @returns undefined if the prompt was dismissed
 */
export async function askForToken(
  { host, prompt, page }: WantedToken,
  steps?: QuickSteps,
): Promise<string | undefined> {
  if (!steps) return withQuickSteps(own => askForToken({ host, prompt, page }, own));
  const step = await askText({
    steps,
    title: vscode.l10n.t('Access Token for {0}', host),
    prompt,
    isPassword: true,
    link: page === undefined ? undefined : { url: page, tooltip: vscode.l10n.t('Create a token') },
    validate: text =>
      isToken(text.trim())
        ? undefined
        : vscode.l10n.t('A token must be ASCII text without spaces.'),
  });
  return typeof step === 'object' ? step.answer.trim() : undefined;
}

/** Whether a text can be sent in an HTTP header. */
function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}
