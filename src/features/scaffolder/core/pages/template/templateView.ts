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
  /** Full ref of the Template, lower-cased. */
  readonly template: string;
}

/** A Template, and its form as it was left. */
export interface TemplateView extends Omit<TemplateSummary, 'ref' | 'isShipped'> {
  readonly glances: Glances;
  /** Ids of actions that nobody knows where it runs: it would not run to its end. */
  readonly unknownActions: readonly string[];
  /** Ids of actions that only a Backstage can do. */
  readonly passedOverActions: readonly string[];
  /** What its buttons are called, where it says so. */
  readonly buttons: TemplateButtons;
  readonly form: ResolvedForm;
  /** How many pages somebody has come to. */
  readonly reached: number;
  /** Whether something was filled in before. */
  readonly isDraft: boolean;
}

/** Source: `spec.presentation.buttonLabels`. */
export interface TemplateButtons {
  readonly back: string | undefined;
  readonly review: string | undefined;
  readonly create: string | undefined;
}

/** What is filled in now. */
export interface TemplateFormRequest extends TemplateRequest {
  readonly state: FormState;
  readonly reached: number;
}

/** What a picker offers. */
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
  /** Whether it is only to be shown what it would make. */
  readonly isDryRun: boolean;
  /** Undefined for a template of a Backstage, which decides by itself. */
  readonly choice?: LaunchChoice | undefined;
}

/** What a Template would make. */
export interface TemplatePreview {
  /** Undefined where it came to its end; in Backstage's words. */
  readonly error: string | undefined;
  readonly files: readonly PreviewFile[];
  /** What its steps have said. */
  readonly steps: readonly PreviewStep[];
}

export interface PreviewFile {
  readonly path: string;
  /** Undefined for what is no text. */
  readonly text: string | undefined;
  /** In bytes. */
  readonly size: number;
  readonly isExecutable: boolean;
  /** Whether the text is only its beginning. */
  readonly isCut: boolean;
}

export type PreviewStep = Pick<TemplateStepResult, 'name' | 'status' | 'log'>;

/** A folder that a template's files can go into, or a folder below it. */
export interface LaunchParent {
  readonly uri: string;
  readonly label: string;
}

/** The folder that a template's files go into. */
export interface LaunchTarget {
  /** URI of a `LaunchParent`. */
  readonly parent: string;
  /** A path below the parent; empty for the parent itself. */
  readonly name: string;
}

/** A place that a template's files can be published to. */
export interface LaunchPlace {
  /** `files` publishes nothing. */
  readonly type: 'files' | 'folder' | 'branch' | 'remote' | 'forge';
  readonly label: string;
  readonly detail: string;
  /** What has to be entered for the place: a branch, an address. */
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

/** What the options depend on. */
export interface LaunchOptionsInput {
  /** What is filled in. */
  readonly values: JsonObject;
  /** Undefined for the proposed target. */
  readonly target?: LaunchTarget | undefined;
}

export interface LaunchOptionsRequest extends LaunchOptionsInput, TemplateRequest {}

/** What can be chosen on the Review page before a template is launched. */
export interface LaunchOptions {
  /** Empty where no folder is open. */
  readonly parents: readonly LaunchParent[];
  /** Undefined where no folder is open. */
  readonly target: LaunchTarget | undefined;
  /** Whether the template describes the folder that it was started on, so that no other can be chosen. */
  readonly isTargetFixed: boolean;
  /** Why the target can't be used. */
  readonly targetError: string | undefined;
  /** Empty where the template publishes nothing. */
  readonly places: readonly LaunchPlace[];
  /** Nearest first; empty where the template registers nothing or there is no Location. */
  readonly locations: readonly LaunchLocation[];
  /** Paths of previewed files that exist in the target with other content. */
  readonly existing: readonly string[];
  /** Ids of the template's actions. */
  readonly actions: readonly string[];
}

/** How to treat files that exist already: ask when they are to be written, replace or keep them. */
export type ExistingFiles = 'ask' | 'replace' | 'keep';

/** What was chosen on the Review page. */
export interface LaunchChoice {
  readonly target?: LaunchTarget | undefined;
  /** Undefined where there are no places to choose from. */
  readonly place?: { readonly type: LaunchPlace['type']; readonly text: string } | undefined;
  /** Id of a `LaunchLocation`; undefined for none. */
  readonly location?: string | undefined;
  readonly existing: ExistingFiles;
  /** The existing files that the choice was made for. */
  readonly existingPaths: readonly string[];
}

/** What was filled in of a form, without secrets. */
interface TemplateDraft {
  readonly state: FormState;
  /** How many pages somebody has come to. */
  readonly reached: number;
}

const KEY = 'portal.templateDrafts';
/** Those that were worked on last are kept. */
const MAX_DRAFTS = 20;

/** What was filled in of the forms of Templates, kept for this workspace. */
export class TemplateDrafts {
  readonly #state: StateService;

  constructor(state: StateService) {
    this.#state = state;
  }

  get(ref: string): TemplateDraft | undefined {
    return this.#all().get(ref);
  }

  /** @param draft - undefined: it is done with */
  async set(ref: string, draft: TemplateDraft | undefined): Promise<void> {
    const drafts = this.#all();
    if (!draft && !drafts.has(ref)) return;
    drafts.delete(ref);
    if (draft) drafts.set(ref, draft);
    await this.#state.set(KEY, [...drafts].slice(-MAX_DRAFTS));
  }

  /** The one that was worked on last comes last. */
  #all(): Map<string, TemplateDraft> {
    const kept = this.#state.get(KEY);
    const entries = Array.isArray(kept) ? kept.filter(isEntry) : [];
    return new Map(entries);
  }
}

/** An older version may have kept something else. */
function isEntry(value: unknown): value is [string, TemplateDraft] {
  if (!Array.isArray(value)) return false;
  const [ref, draft] = value as readonly unknown[];
  if (typeof ref !== 'string' || !isRecord(draft) || !isRecord(draft['state'])) return false;
  const { values, cleared, variants } = draft['state'];
  const isState = isRecord(values) && Array.isArray(cleared) && isRecord(variants);
  return isState && typeof draft['reached'] === 'number';
}
