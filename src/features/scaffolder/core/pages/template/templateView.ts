import type {
  StateService,
  TemplateInput,
  TemplateStepResult,
  TemplateSummary,
} from '../../../../../api';
import { isRecord } from '../../../../../base';
import type { JsonObject } from '../../../../../model';
import type { Glances } from '../../../../catalog/core/glances';
import type {
  EntityPickerOptions,
  ForgeLookup,
  FormState,
  ResolvedForm,
  TagsPickerOptions,
} from '../..';

export interface TemplateRequest {
  /** Full ref of the Template, in lowercase. */
  readonly template: string;
}

/** A Template and its form with saved input. */
export interface TemplateView extends Omit<TemplateSummary, 'ref' | 'isShipped'> {
  readonly glances: Glances;
  /** Ids of unknown actions, at which a run would fail. */
  readonly unknownActions: readonly string[];
  /** Ids of actions that run only in Backstage. */
  readonly skippedActions: readonly string[];
  /** Labels of buttons from the Template. */
  readonly buttons: TemplateButtons;
  readonly form: ResolvedForm;
  /** Number of pages that the user has reached. */
  readonly reached: number;
  /** Whether there is saved input. */
  readonly isDraft: boolean;
}

/** Source: `spec.presentation.buttonLabels`. */
export interface TemplateButtons {
  readonly back: string | undefined;
  readonly review: string | undefined;
  readonly create: string | undefined;
}

/** The form's current input. */
export interface TemplateFormRequest extends TemplateRequest {
  readonly state: FormState;
  readonly reached: number;
}

/** Options of a picker. */
export interface EntityChoicesRequest {
  readonly picker: EntityPickerOptions;
}

export interface TagChoicesRequest {
  readonly picker: TagsPickerOptions;
}

export interface TagChoice {
  readonly tag: string;
  readonly count: number;
}

export interface ForgeChoicesRequest {
  readonly lookup: ForgeLookup;
}

export interface TemplateRunRequest extends TemplateRequest {
  readonly values: JsonObject;
  readonly secrets: TemplateInput['secrets'];
}

export interface TemplateCreationRequest extends TemplateRunRequest {
  /** Whether to show the result without writing it. */
  readonly isDryRun: boolean;
  /** Undefined for a template of a Backstage, which decides by itself. */
  readonly choice?: LaunchChoice | undefined;
}

/** Result of a dry run. */
export interface TemplatePreview {
  /** Backstage's message. Undefined if the run completed. */
  readonly error: string | undefined;
  readonly files: readonly PreviewFile[];
  /** Steps with their logs. */
  readonly steps: readonly PreviewStep[];
}

export interface PreviewFile {
  readonly path: string;
  /** Undefined for binary files. */
  readonly text: string | undefined;
  /** In bytes. */
  readonly size: number;
  readonly isExecutable: boolean;
  /** Whether the text is truncated. */
  readonly isCut: boolean;
}

export type PreviewStep = Pick<TemplateStepResult, 'name' | 'status' | 'log'>;

/** A folder that can contain a template's files, or their folder. */
export interface LaunchParent {
  readonly uri: string;
  readonly label: string;
}

/** The folder for a template's files. */
export interface LaunchTarget {
  /** URI of a `LaunchParent`. */
  readonly parent: string;
  /** A path below the parent. Empty for the parent itself. */
  readonly name: string;
}

/** A place that a template's files can be published to. */
export interface LaunchPlace {
  /** `files` publishes nothing. */
  readonly type: 'files' | 'folder' | 'branch' | 'remote' | 'forge';
  readonly label: string;
  readonly detail: string;
  /** Text input that the place needs: a branch or an address. */
  readonly text?: {
    readonly label: string;
    readonly value: string;
    readonly placeholder: string;
  };
}

/** A Location that the new entity can be added to. */
export interface LaunchLocation {
  readonly id: string;
  readonly label: string;
  readonly description: string;
}

/** Input that the options depend on. */
export interface LaunchOptionsInput {
  /** Values of the form. */
  readonly values: JsonObject;
  /** Undefined for the default target. */
  readonly target?: LaunchTarget | undefined;
}

export interface LaunchOptionsRequest extends LaunchOptionsInput, TemplateRequest {}

/** Options on the Review page before a template is launched. */
export interface LaunchOptions {
  /** Empty if no folder is open. */
  readonly parents: readonly LaunchParent[];
  /** Undefined if no folder is open. */
  readonly target: LaunchTarget | undefined;
  /** Whether the template describes the folder that it was started on, so that no other can be chosen. */
  readonly isTargetFixed: boolean;
  /** Reason why the target can't be used. */
  readonly targetError: string | undefined;
  /** Empty if the template publishes nothing. */
  readonly places: readonly LaunchPlace[];
  /** Nearest first. Empty if the template registers nothing or there is no Location. */
  readonly locations: readonly LaunchLocation[];
  /** Paths of previewed files that exist in the target with different content. */
  readonly existing: readonly string[];
  /** Ids of the template's actions. */
  readonly actions: readonly string[];
}

/** Handling of existing files: ask before writing, replace or keep them. */
export type ExistingFiles = 'ask' | 'replace' | 'keep';

/** Choices on the Review page. */
export interface LaunchChoice {
  readonly target?: LaunchTarget | undefined;
  /** Undefined if there are no places to choose from. */
  readonly place?: { readonly type: LaunchPlace['type']; readonly text: string } | undefined;
  /** Id of a `LaunchLocation`. Undefined for none. */
  readonly location?: string | undefined;
  readonly existing: ExistingFiles;
  /** The existing files that the choice applies to. */
  readonly existingPaths: readonly string[];
}

/** Saved input of a form, without secrets. */
interface TemplateDraft {
  readonly state: FormState;
  /** Number of pages that the user has reached. */
  readonly reached: number;
}

const KEY = 'portal.templateDrafts';
/** Maximum number of drafts. The oldest are removed. */
const MAX_DRAFTS = 20;

/** Saved input of templates' forms in this workspace. */
export class TemplateDrafts {
  readonly #state: StateService;

  constructor(state: StateService) {
    this.#state = state;
  }

  get(ref: string): TemplateDraft | undefined {
    return this.#all().get(ref);
  }

  /** @param draft - undefined to delete it */
  async set(ref: string, draft: TemplateDraft | undefined): Promise<void> {
    const drafts = this.#all();
    if (!draft && !drafts.has(ref)) return;
    drafts.delete(ref);
    if (draft) drafts.set(ref, draft);
    await this.#state.set(KEY, [...drafts].slice(-MAX_DRAFTS));
  }

  /** Drafts, the last edited at the end. */
  #all(): Map<string, TemplateDraft> {
    const kept = this.#state.get(KEY);
    const entries = Array.isArray(kept) ? kept.filter(isEntry) : [];
    return new Map(entries);
  }
}

/** Older versions may have stored another format. */
function isEntry(value: unknown): value is [string, TemplateDraft] {
  if (!Array.isArray(value)) return false;
  const [ref, draft] = value as readonly unknown[];
  if (typeof ref !== 'string' || !isRecord(draft) || !isRecord(draft['state'])) return false;
  const { values, cleared, variants } = draft['state'];
  const isState = isRecord(values) && Array.isArray(cleared) && isRecord(variants);
  return isState && typeof draft['reached'] === 'number';
}
