import type { Event } from '../../base';
import type { JsonObject } from '../../model';
import type { TemplateInstance } from '../instances/templateInstance';

/** A run of a Template, be it under way or over, as a list of them shows it. */
export interface TemplateTaskSummary {
  readonly id: string;
  /** Ref of the Template: `template:namespace/name`, in lower case. */
  readonly template: string;
  /** Of the Template. */
  readonly title: string;
  /** Whether it changed nothing but what it shows. */
  readonly isDryRun: boolean;
  /** URI of the folder that it writes into, or that a dry run is held against; undefined: against nothing. */
  readonly folder: string | undefined;
  /** Where it runs on a Backstage, and not here. */
  readonly instance?: TemplateTaskInstance | undefined;
  /**
   * `waiting` while the user looks at what it would do; `interrupted` where the window was closed before it
   * had come to its end, or a Backstage does not tell any more how it goes on there.
   */
  readonly status: 'processing' | 'waiting' | 'completed' | 'failed' | 'cancelled' | 'interrupted';
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
}

export interface TemplateTaskInstance extends TemplateInstance {
  /** What the server calls the task; undefined where it has not begun there, or was only tried. */
  readonly taskId?: string | undefined;
}

/** A run of a Template with all that is known of it. Nothing in it is secret. */
export interface TemplateTask extends TemplateTaskSummary {
  readonly steps: readonly TemplateTaskStep[];
  /** What was said of the run as a whole. */
  readonly log: readonly string[];
  /** What was filled in, without secrets and passwords. */
  readonly values: JsonObject;
  /** Links, texts, and whatever else the Template gave. */
  readonly output: JsonObject;
  /** In Backstage's words. */
  readonly error: string | undefined;
  /** What it made. */
  readonly files: readonly TemplateTaskFile[];
  /** What is in the way of knowing how it goes on, for people. */
  readonly trouble?: string | undefined;
  /** Whether it can go on from the step that failed or was cancelled; of an interrupted one, be followed again. */
  readonly canRetry: boolean;
}

export interface TemplateTaskStep {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  /** As that of a `TemplateStepResult`. */
  readonly status: 'open' | 'processing' | 'completed' | 'failed' | 'skipped' | 'cancelled';
  readonly log: readonly string[];
  /** In milliseconds since the epoch; undefined for what has not begun. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** Whether what it does elsewhere is only pretended. */
  readonly isSimulated: boolean;
}

/** A file that a run made, or would make. */
export interface TemplateTaskFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly isExecutable: boolean;
  /** What becomes of what was there; `kept`: the user did not want it to be replaced. */
  readonly change: 'added' | 'changed' | 'unchanged' | 'kept';
}

/** The runs of Templates in this workspace: those under way, and the last ones that are over. */
export interface TemplateTasksService {
  /** Fires when there are others, and some time after one has gone on. */
  readonly onDidChange: Event<void>;
  /** The latest first. */
  list(): readonly TemplateTaskSummary[];
  get(id: string): TemplateTask | undefined;
  /** Ends one that is under way; nothing happens where there is none. A Backstage is asked to end it. */
  cancel(id: string): void;
  /**
   * Goes on from the step that failed or was cancelled, with what was there before it. A Backstage begins anew, unless it
   * knows better; of what was interrupted there, it is told how it goes on.
   *
   * @throws an Error where it cannot go on
   */
  retry(id: string): Promise<void>;
  /** Forgets all that are over. */
  clear(): Promise<void>;
}
