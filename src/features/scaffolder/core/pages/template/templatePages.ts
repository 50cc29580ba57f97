import type {
  ScaffolderService,
  StateService,
  TemplateFile,
  TemplateInput,
  TemplateRunResult,
  TemplateSummary,
} from '../../../../../api';
import { type Event, decodeExactly } from '../../../../../base';
import type { JsonObject } from '../../../../../model';
import { recordAt } from '../../../../../model/json';
import { type GlanceDeps, glancesAt } from '../../../../catalog/core/glances';
import type {
  EntityChoice,
  EntityPickerOptions,
  ForgeLookup,
  FormField,
  FormState,
  ResolvedForm,
  TagsPickerOptions,
} from '../..';
import { emptyForm } from '../../forms/formField';
import { textOf } from '../../forms/schemas/jsonParts';
import type { TaskDesk } from '../task/taskView';
import {
  type LaunchChoice,
  type LaunchOptions,
  type LaunchOptionsInput,
  type LaunchOptionsRequest,
  type LaunchParent,
  type PreviewFile,
  type TagChoice,
  type TemplateButtons,
  type TemplateCreationRequest,
  TemplateDrafts,
  type TemplateFormRequest,
  type TemplatePreview,
  type TemplateRunRequest,
  type TemplateView,
} from './templateView';

/** Service behind the forms of Templates. */
/** Templates of a group of the app-config. */
export interface GroupedTemplates {
  readonly title: string;
  readonly refs: readonly string[];
}

export interface TemplateForms extends Pick<
  ScaffolderService,
  'getTemplates' | 'loadTemplate' | 'dryRun' | 'create'
> {
  /** Returns the groups of the app-config; none: templates are grouped by type. */
  groupTemplates?(templates: readonly TemplateSummary[]): Promise<readonly GroupedTemplates[]>;
  /** Launch options for the current values. */
  launchOptions(ref: string, request: LaunchOptionsInput): Promise<LaunchOptions>;
  /** Asks for a folder. Undefined if the user cancels. */
  chooseLaunchFolder(): Promise<LaunchParent | undefined>;
  /**
   * Runs a Template in the selected place. Asks again only if the result differs from the preview.
   * @returns whether it could be run
   */
  launch(
    ref: string,
    input: TemplateInput,
    options: { readonly choice: LaunchChoice; readonly isDryRun: boolean },
  ): Promise<boolean>;
  readonly onDidChange: Event<void>;
  tasks(): Promise<TaskDesk>;
  resolveForm(
    ref: string,
    state: FormState,
    signal: AbortSignal,
    reached?: number,
  ): Promise<ResolvedForm>;
  /** Sorted by title. */
  entityChoices(picker: EntityPickerOptions): Promise<readonly EntityChoice[]>;
  tagChoices(picker: TagsPickerOptions): Promise<readonly TagChoice[]>;
  /**
   * Asks the API of a git host once the user is signed in.
   * @throws Error with a message for people
   */
  forgeChoices(lookup: ForgeLookup, signal: AbortSignal): Promise<readonly string[]>;
}

export interface TemplatePagesDeps extends GlanceDeps {
  readonly forms: TemplateForms;
  readonly state: StateService;
}

/** Maximum length of a previewed file, in characters. */
const MAX_TEXT = 200_000;
/** Maximum length of all previewed files. */
const MAX_TEXTS = 5_000_000;

/** Forms of Templates, with saved input. */
export class TemplatePages {
  readonly #deps: TemplatePagesDeps;
  readonly #drafts: TemplateDrafts;

  constructor(deps: TemplatePagesDeps) {
    this.#deps = deps;
    this.#drafts = new TemplateDrafts(deps.state);
  }

  /** @throws Error if the Template doesn't exist or its form can't be shown */
  async getPage(ref: string, signal: AbortSignal): Promise<TemplateView> {
    const template = await this.#deps.forms.loadTemplate(ref);
    if (!template) throw new Error(`There is no template ${ref}`);
    const { title, description, type, tags, owner, file, actions, entity, instance } = template;
    const draft = this.#drafts.get(ref);
    const { state, reached } = draft ?? nothing;
    return {
      title,
      description,
      type,
      tags,
      owner,
      file,
      instance,
      glances: glancesAt([owner], this.#deps),
      unknownActions: actions.filter(({ isKnown }) => !isKnown).map(({ id }) => id),
      skippedActions: actions.filter(({ isSkipped }) => isSkipped).map(({ id }) => id),
      buttons: buttonsOf(entity),
      form: await this.#resolve(ref, state, reached, signal),
      reached,
      isDraft: draft !== undefined,
    };
  }

  /** Resolves the form and saves the input. */
  async resolve(
    { template, state, reached }: TemplateFormRequest,
    signal: AbortSignal,
  ): Promise<ResolvedForm> {
    const form = await this.#resolve(template, state, reached, signal);
    // Otherwise, a draft could be stored again after it was deleted.
    signal.throwIfAborted();
    await this.#drafts.set(template, { state: form.draft, reached });
    return form;
  }

  async forget(ref: string, signal: AbortSignal): Promise<ResolvedForm> {
    await this.#drafts.set(ref, undefined);
    return this.#resolve(ref, nothing.state, nothing.reached, signal);
  }

  async preview(
    { template, values, secrets }: TemplateRunRequest,
    signal: AbortSignal,
  ): Promise<TemplatePreview> {
    const result = await this.#deps.forms.dryRun(template, { values, secrets }, { signal });
    return previewOf(result);
  }

  launchOptions({ template, values, target }: LaunchOptionsRequest): Promise<LaunchOptions> {
    return this.#deps.forms.launchOptions(template, { values, target });
  }

  /**
   * Runs the Template with the choice on the page. Without a choice, as for templates of a Backstage, asks the
   * user.
   */
  async create({
    template,
    values,
    secrets,
    isDryRun,
    choice,
  }: TemplateCreationRequest): Promise<boolean> {
    const { forms } = this.#deps;
    const input = { values, secrets };
    const isUnderWay = choice
      ? await forms.launch(template, input, { choice, isDryRun })
      : await forms.create(template, input, { isDryRun });
    // Keeps the input after a dry run, for the next one.
    if (isUnderWay && !isDryRun) await this.#drafts.set(template, undefined);
    return isUnderWay;
  }

  /** Fills in fields that have only one choice, as Backstage's pickers do. */
  async #resolve(
    ref: string,
    state: FormState,
    reached: number,
    signal: AbortSignal,
  ): Promise<ResolvedForm> {
    const form = await this.#deps.forms.resolveForm(ref, state, signal, reached);
    const values = { ...form.state.values };
    for (const field of form.pages.slice(0, reached).flatMap(page => page.fields)) {
      const only = await this.#onlyChoice(field);
      const [name] = field.path;
      if (only !== undefined && name !== undefined) values[name] = only;
    }
    const isSame = Object.keys(values).length === Object.keys(form.state.values).length;
    if (isSame) return form;
    return this.#deps.forms.resolveForm(ref, { ...form.state, values }, signal, reached);
  }

  /** Source: `EntityPicker` and `MyGroupsPicker` of `@backstage/plugin-scaffolder`. */
  async #onlyChoice({ control, isRequired, value }: FormField): Promise<string | undefined> {
    if (control.type !== 'entity' || !isRequired || value !== undefined) return undefined;
    if (control.picker.allowArbitraryValues) return undefined;
    const [first, second] = await this.#deps.forms.entityChoices(control.picker);
    return second ? undefined : first?.value;
  }
}

const nothing = { state: emptyForm, reached: 1 };

function buttonsOf(template: JsonObject): TemplateButtons {
  const presentation = recordAt(recordAt(template, 'spec'), 'presentation');
  const labels = recordAt(presentation, 'buttonLabels');
  return {
    back: textOf(labels['backButtonText']),
    review: textOf(labels['reviewButtonText']),
    create: textOf(labels['createButtonText']),
  };
}

function previewOf({ status, error, files, steps }: TemplateRunResult): TemplatePreview {
  let left = MAX_TEXTS;
  const previews = files.map(file => {
    const preview = previewOfFile(file, Math.min(left, MAX_TEXT));
    left -= preview.text?.length ?? 0;
    return preview;
  });
  return {
    error: status === 'completed' ? undefined : (error ?? status),
    files: previews,
    steps: steps.map(step => ({ name: step.name, status: step.status, log: step.log })),
  };
}

function previewOfFile({ path, content, isExecutable }: TemplateFile, limit: number): PreviewFile {
  const text = decodeExactly(content);
  return {
    path,
    isExecutable,
    size: content.byteLength,
    text: text?.slice(0, limit),
    isCut: text !== undefined && text.length > limit,
  };
}
