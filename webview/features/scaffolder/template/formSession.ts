import { errorMessage } from '../../../../src/base';
import type {
  FormError,
  FormField,
  FormState,
  ResolvedForm,
  TemplateView,
} from '../../../../src/features/portal/protocol';
import type { JsonValue } from '../../../../src/model';
import { pointerOf, valueAt, type ValuePath, withValueAt } from '../../../../src/model/forms';
import type { FormEditor } from './fields/fieldContext';
import { errorText } from './fields/errorText';

export interface FormSessionDeps {
  readonly resolve: (
    state: FormState,
    reached: number,
    signal: AbortSignal,
  ) => Promise<ResolvedForm>;
  /** Called when the form must be rendered again. */
  readonly changed: () => void;
}

/** Milliseconds without typing before values are resolved. */
const RESOLVE_DELAY = 150;
/** Milliseconds before errors of a left field are shown, so that nothing moves under a click. */
const ERROR_DELAY = 300;

/** State of a form. Typed values are shown at once; the resolved form follows from the host. */
export class FormSession {
  readonly #deps: FormSessionDeps;
  #form: ResolvedForm;
  #state: FormState;
  #reached: number;
  #secrets: Readonly<Record<string, string>> = {};
  /** Pointers of fields whose errors are shown, because the user left them. */
  readonly #left = new Set<string>();
  /** Pages whose errors are shown, because the user tried to leave them. */
  readonly #tried = new Set<number>();
  #isTouched = false;
  #failure: string | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;

  constructor({ form, reached }: Pick<TemplateView, 'form' | 'reached'>, deps: FormSessionDeps) {
    this.#deps = deps;
    this.#form = form;
    this.#state = form.state;
    this.#reached = reached;
  }

  get form(): ResolvedForm {
    return this.#form;
  }

  get reached(): number {
    return this.#reached;
  }

  /** Never stored. */
  get secrets(): Readonly<Record<string, string>> {
    return this.#secrets;
  }

  /** Whether the user changed any value. */
  get isTouched(): boolean {
    return this.#isTouched;
  }

  /** Error of the last resolve request. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Whether all pages were completed without errors. */
  get isFilledIn(): boolean {
    const { pages } = this.#form;
    return this.#reached >= pages.length && pages.every(page => page.errors.length === 0);
  }

  touch(): void {
    this.#isTouched = true;
  }

  /** Lets the page replace the values, which were used. */
  release(): void {
    this.#isTouched = false;
  }

  isTried(page: number): boolean {
    return this.#tried.has(page);
  }

  /** Index of the previous visible page. */
  before(page: number): number | undefined {
    const index = this.#form.pages.slice(0, page).findLastIndex(({ isVisible }) => isVisible);
    return index < 0 ? undefined : index;
  }

  /** Index of the next visible page; the number of pages for the review. */
  after(page: number): number {
    const { pages } = this.#form;
    const index = pages.findIndex(({ isVisible }, at) => isVisible && at > page);
    return index < 0 ? pages.length : index;
  }

  /** Whether a page is valid with the current values. */
  async finish(page: number): Promise<boolean> {
    this.#tried.add(page);
    await this.resolve();
    const errors = this.#form.pages[page]?.errors ?? [];
    if (this.#failure !== undefined || errors.length > 0) return false;
    const next = this.after(page) + 1;
    if (next > this.#reached) {
      this.#reached = Math.min(next, this.#form.pages.length);
      await this.resolve();
    }
    return true;
  }

  /** Errors of a page that no field shows. */
  generalErrors(page: number): readonly string[] {
    if (!this.#tried.has(page)) return [];
    const { fields = [], errors = [] } = this.#form.pages[page] ?? {};
    const shown = new Set(shownFields(fields).map(({ path }) => pointerOf(path)));
    return errors
      .filter(({ path }) => !shown.has(pointerOf(path)))
      .map(error => {
        const text = errorText(error, valueAt(this.#state.values, error.path));
        return [error.path.join('.'), text].filter(Boolean).join(': ');
      });
  }

  editor(page: number): FormEditor {
    return {
      valueOf: path => valueAt(this.#state.values, path),
      set: (field, value, isTyping = false) => {
        const pointer = pointerOf(field.path);
        const others = this.#state.cleared.filter(other => other !== pointer);
        this.#change(
          {
            ...this.#state,
            values: withoutGaps(this.#state, field.path, value),
            cleared: value === undefined ? [...others, pointer] : others,
          },
          isTyping,
        );
      },
      setAt: (path, value) =>
        this.#change({ ...this.#state, values: withValueAt(this.#state.values, path, value) }),
      chooseVariant: (key, index) => {
        const variants = { ...this.#state.variants, [key]: index };
        this.#change({ ...this.#state, variants });
      },
      secretOf: name => this.#secrets[name] ?? '',
      setSecret: (field, name, secret) => {
        this.#secrets = { ...this.#secrets, [name]: secret };
        // Keeps the length, so that length rules apply.
        const stars = secret === '' ? undefined : '*'.repeat(secret.length);
        const values = withValueAt(this.#state.values, field.path, stars);
        this.#change({ ...this.#state, values }, true);
      },
      errorsAt: path => this.#errorsAt(page, path),
      left: path => {
        setTimeout(() => {
          this.#left.add(pointerOf(path));
          this.#deps.changed();
        }, ERROR_DELAY);
      },
    };
  }

  stop(): void {
    clearTimeout(this.#settling);
    this.#running?.abort();
  }

  /** Resolves the form for the current values. */
  async resolve(): Promise<void> {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    try {
      const form = await this.#deps.resolve(this.#state, this.#reached, running.signal);
      if (running !== this.#running || running.signal.aborted) return;
      this.#form = form;
      this.#state = form.state;
      this.#failure = undefined;
    } catch (error) {
      if (running.signal.aborted) return;
      this.#failure = errorMessage(error);
    }
    this.#deps.changed();
  }

  #change(state: FormState, isTyping = false): void {
    this.#state = state;
    this.#isTouched = true;
    this.stop();
    if (isTyping) this.#settling = setTimeout(() => void this.resolve(), RESOLVE_DELAY);
    else void this.resolve();
    this.#deps.changed();
  }

  #errorsAt(page: number, path: ValuePath): readonly FormError[] {
    const pointer = pointerOf(path);
    if (!this.#tried.has(page) && !this.#left.has(pointer)) return [];
    const errors = this.#form.pages[page]?.errors ?? [];
    return errors.filter(error => pointerOf(error.path) === pointer);
  }
}

/** Clears a value. A cleared list item stays in the list. */
function withoutGaps({ values }: FormState, path: ValuePath, value: JsonValue | undefined) {
  const isItem = typeof path.at(-1) === 'number';
  return withValueAt(values, path, value ?? (isItem ? null : undefined));
}

function shownFields(fields: readonly FormField[]): readonly FormField[] {
  return fields.flatMap(field => {
    const { control } = field;
    if (control.type === 'hidden') return [];
    if (control.type === 'object') return [field, ...shownFields(control.fields)];
    if (control.type === 'list') {
      return [field, ...shownFields(control.items.map(item => item.field))];
    }
    // The field of a variant is in place of the choice.
    if (control.type === 'variants') return control.field ? shownFields([control.field]) : [];
    return [field];
  });
}
