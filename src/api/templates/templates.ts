import type { Event, Range } from '../../base';
import type { JsonObject, Problem } from '../../model';
import type { TemplateInstance } from '../instances/templateInstance';
import type { TemplateTasksService } from './templateTasks';

/** A Template that can be run. */
export interface TemplateSummary {
  /** `template:namespace/name`, in lower case. */
  readonly ref: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly type: string;
  readonly tags: readonly string[];
  /** Full ref, in lower case; undefined where it names none, or none that could be read. */
  readonly owner: string | undefined;
  /** URI of the file that it stands in. */
  readonly file: string;
  /** Whether it comes with Callboard, and not from the catalog. */
  readonly isShipped: boolean;
  /** The Backstage that it comes from, and runs on; undefined where it runs here. */
  readonly instance?: TemplateInstance | undefined;
}

/** A Template with all that it says. */
export interface LoadedTemplate extends TemplateSummary {
  /** With its placeholders resolved. */
  readonly entity: JsonObject;
  /** What its steps do, the first of each action; ids of actions that nobody knows here are told apart. */
  readonly actions: readonly TemplateActionUse[];
}

export interface TemplateActionUse {
  readonly id: string;
  /** Whether there is such an action: without it, the Template cannot run to its end. */
  readonly isKnown: boolean;
  /** Whether it does more than make files. */
  readonly isOutward: boolean;
  /** Whether only a Backstage does what it does: here it is passed over, and an example stands for what it gives. */
  readonly isPassedOver: boolean;
}

/** What somebody filled in. */
export interface TemplateInput {
  readonly values: JsonObject;
  /** Never kept, logged or shown. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** What does not fit a Template's form. */
export interface TemplateInputError {
  /** Keys that lead to the value. */
  readonly path: readonly (string | number)[];
  /** In the words of the validator that Backstage uses. */
  readonly message: string;
}

export interface TemplateInputCheck {
  /** Those of the first page that is not satisfied. */
  readonly errors: readonly TemplateInputError[];
  /** Whether each page of the form is shown, by its `when`. */
  readonly visible: readonly boolean[];
}

/** What a step has come to. */
export interface TemplateStepResult {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  /** `processing` while it runs; a step that did not run, or did nothing here, is `skipped`. */
  readonly status: 'open' | 'processing' | 'completed' | 'failed' | 'skipped' | 'cancelled';
  readonly log: readonly string[];
  readonly output: JsonObject;
}

/** A file that a Template made. */
export interface TemplateFile {
  /** Relative to what is written to, with `/`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly isExecutable: boolean;
}

/** What came of a run. */
export interface TemplateRunResult {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly steps: readonly TemplateStepResult[];
  /** Links, texts, and whatever else the Template gives. */
  readonly output: JsonObject;
  /** In Backstage's words. */
  readonly error?: string | undefined;
  /** None where it did not run to its end. */
  readonly files: readonly TemplateFile[];
}

export interface TemplateRunOptions {
  readonly signal: AbortSignal;
  /** Told of each line of the log as it comes, without secrets. */
  readonly onLog?: (line: TemplateLogLine) => void;
}

export interface TemplateLogLine {
  /** Undefined for what is said of the run as a whole. */
  readonly stepId: string | undefined;
  /** Where the step is in another state now. */
  readonly status?: TemplateStepResult['status'];
  readonly message: string;
  /** When that was, in milliseconds since the epoch; default: now. */
  readonly time?: number;
}

/** A test of a template, as a `*.callboard-test.yaml` states it. */
export interface TemplateTest {
  /** Unlike those of all others in its file. */
  readonly name: string;
  /** Of the name. */
  readonly range: Range;
}

export interface TemplateTestFile {
  /** Those that can be run. */
  readonly tests: readonly TemplateTest[];
  /** Why others cannot. */
  readonly problems: readonly Problem[];
}

/** How a test went. */
export interface TemplateTestResult {
  readonly status: 'passed' | 'failed' | 'cancelled';
  readonly failures: readonly TemplateTestFailure[];
  /** What the run said, without secrets. */
  readonly log: readonly string[];
  /** In milliseconds. */
  readonly duration: number;
  /** Whether what came out can become what is expected. */
  readonly canAccept: boolean;
}

export interface TemplateTestFailure {
  readonly message: string;
  /** URI of the file with the test. */
  readonly file: string;
  /** Of what is expected. */
  readonly range: Range;
  /** What was expected, and what came instead, where both are texts. */
  readonly difference: { readonly expected: string; readonly actual: string } | undefined;
}

/** Software templates: those of the catalog, and those that come with Callboard. */
export interface ScaffolderService {
  /** The Templates are others now, or say something else. */
  readonly onDidChange: Event<void>;
  /** By their titles. */
  getTemplates(): Promise<readonly TemplateSummary[]>;
  /** @returns undefined where there is none @throws an Error for one that a Backstage would refuse */
  loadTemplate(ref: string): Promise<LoadedTemplate | undefined>;
  /** Checks what is filled in as a backend does before it runs a Template. */
  check(ref: string, values: JsonObject, signal: AbortSignal): Promise<TemplateInputCheck>;
  /**
   * Runs a Template without any consequence: what publishes, registers or asks others is passed over. One of a Backstage is
   * tried there.
   *
   * @throws an Error where there is no such Template
   */
  dryRun(
    ref: string,
    input: TemplateInput,
    options: TemplateRunOptions,
  ): Promise<TemplateRunResult>;
  /** @param file - URI of a `*.callboard-test.yaml` */
  readTests(file: string): Promise<TemplateTestFile>;
  /** Runs a test without any consequence. */
  runTest(
    file: string,
    name: string,
    options: { readonly signal: AbortSignal },
  ): Promise<TemplateTestResult>;
  /** Makes what comes out of a test what is expected of it: writes its golden folder. */
  acceptTest(file: string, name: string, options: { readonly signal: AbortSignal }): Promise<void>;
  /**
   * Asks the user for what a Template wants, one thing after the other, and where to put what it makes, and runs it.
   *
   * @param options.folder - URI of what it is put into; undefined: the user is asked
   * @param options.isDryRun - whether it is only to be shown what it would make
   * @returns `form` where it wants what is to be filled in on its page (`PortalPage`), which is for the caller to open
   */
  start(
    ref: string,
    options: { readonly folder?: string; readonly isDryRun?: boolean },
  ): Promise<'started' | 'cancelled' | 'form'>;
  /**
   * Asks the user where to put what a Template makes, shows it, and writes it; of a dry run, what it is held against.
   *
   * @returns whether the user went on to where it could be run
   */
  create(
    ref: string,
    input: TemplateInput,
    options: { readonly folder?: string; readonly isDryRun?: boolean },
  ): Promise<boolean>;
  /** The runs that `start` and `create` have led to. */
  tasks(): Promise<TemplateTasksService>;
  /**
   * Runs a Template and writes what it makes into a folder, after the user has agreed to what it does. What
   * goes wrong, or is cancelled, leaves the folder as it was; files that are there are replaced only after the
   * user has agreed to that, too.
   *
   * @param folder - URI; need not be there
   * @returns undefined where the user did not agree
   * @throws an Error where there is no such Template, or templates cannot be run here
   */
  run(
    ref: string,
    input: TemplateInput,
    options: TemplateRunOptions & { readonly folder: string },
  ): Promise<TemplateRunResult | undefined>;
  /** Has the user set, replace or take away the token that publishing to a host takes; nobody gets to see it. */
  setToken(): Promise<void>;
  /**
   * Looks whether a Template has moved on since a project was made from it, shows what that changes in the project,
   * and makes the changes that the user wants.
   *
   * @param options.folder - URI of the project's folder; undefined: the user is asked
   */
  checkForUpdates(options: { readonly folder?: string }): Promise<void>;
}
