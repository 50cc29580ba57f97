import type { TemplateInput, TemplateSummary } from '../../../../../api';
import type { JsonObject } from '../../../../../model';
import type { Glances } from '../../../../catalog/core/glances';
import type {
  EntityPickerOptions,
  FormState,
  ResolvedForm,
  ForgeLookup,
  TagsPickerOptions,
} from '../..';
import type { LaunchChoice } from './launchView';

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

export interface PreviewStep {
  readonly name: string;
  readonly status: 'open' | 'processing' | 'completed' | 'failed' | 'skipped' | 'cancelled';
  readonly log: readonly string[];
}
