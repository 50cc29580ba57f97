import type { Event, Range } from '../../base';
import type { JsonObject, Problem } from '../../model';
import type { TemplateInstance } from '../instances/templateInstance';
import type { TemplateTasksService } from './templateTasks';

/** A Template that can be run, as listed. */
export interface TemplateSummary {
  /** `template:namespace/name`, lowercase. */
  readonly ref: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly type: string;
  readonly tags: readonly string[];
  /** Full ref of the owner, lowercase; undefined if missing or invalid. */
  readonly owner: string | undefined;
  /** URI of the Template's file. */
  readonly file: string;
  /** Whether it is bundled with Callboard instead of in the catalog. */
  readonly isShipped: boolean;
  /** Title of the plugin that it belongs to; undefined for others. It isn't in the catalog. */
  readonly plugin?: string | undefined;
  /** The Backstage that provides and runs it; undefined for local Templates. */
  readonly instance?: TemplateInstance | undefined;
}

/** A Template with its full content. */
export interface LoadedTemplate extends TemplateSummary {
  /** The entity with placeholders resolved. */
  readonly entity: JsonObject;
  /** Actions of its steps, in order of first use, including unknown ones. */
  readonly actions: readonly TemplateActionUse[];
}

/** An action that a Template uses. */
export interface TemplateActionUse {
  readonly id: string;
  /** Whether the action exists. A Template with an unknown action can't complete. */
  readonly isKnown: boolean;
  /** Whether the action has effects beyond creating files. */
  readonly isOutward: boolean;
  /** Whether the action runs only in Backstage. It is skipped here, and its output is an example. */
  readonly isSkipped: boolean;
}

/** Input for a Template. */
export interface TemplateInput {
  readonly values: JsonObject;
  /** Secrets, which are never saved, logged or shown. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** A validation error of an input. */
export interface TemplateInputError {
  /** Path of the value. */
  readonly path: readonly (string | number)[];
  /** Error message of the validator that Backstage uses. */
  readonly message: string;
}

/** Result of validating an input. */
export interface TemplateInputCheck {
  /** Errors of the first invalid page. */
  readonly errors: readonly TemplateInputError[];
  /** Whether each page of the form is visible according to its `when`. */
  readonly visible: readonly boolean[];
}

/** Outcome of a step. */
export interface TemplateStepResult {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  /** Status of the step. `skipped`: it didn't run or had no effect here. */
  readonly status: 'open' | 'processing' | 'completed' | 'failed' | 'skipped' | 'cancelled';
  readonly log: readonly string[];
  readonly output: JsonObject;
}

/** A file that a Template created. */
export interface TemplateFile {
  /** Path relative to the target folder, with `/`. */
  readonly path: string;
  readonly content: Uint8Array;
  readonly isExecutable: boolean;
}

/** Outcome of a run. */
export interface TemplateRunResult {
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly steps: readonly TemplateStepResult[];
  /** Links, texts and other output of the Template. */
  readonly output: JsonObject;
  /** Error message, as Backstage words it. */
  readonly error?: string | undefined;
  /** Created files; empty if the run didn't complete. */
  readonly files: readonly TemplateFile[];
}

/** Options of runs. */
export interface TemplateRunOptions {
  readonly signal: AbortSignal;
  /** Called with each line of the log, without secrets. */
  readonly onLog?: (line: TemplateLogLine) => void;
}

/** A line of a run's log. */
export interface TemplateLogLine {
  /** Id of the step; undefined for lines of the whole run. */
  readonly stepId: string | undefined;
  /** New status of the step, if it changed. */
  readonly status?: TemplateStepResult['status'];
  readonly message: string;
  /** Time of the line, in milliseconds since the epoch; default: now. */
  readonly time?: number;
}

/** A test of a Template in a `*.callboard-test.yaml` file. */
export interface TemplateTest {
  /** Name, unique in the file. */
  readonly name: string;
  /** Range of the name. */
  readonly range: Range;
}

/** Tests of a file. */
export interface TemplateTestFile {
  /** Valid tests. */
  readonly tests: readonly TemplateTest[];
  /** Problems of invalid tests. */
  readonly problems: readonly Problem[];
}

/** Outcome of a test. */
export interface TemplateTestResult {
  readonly status: 'passed' | 'failed' | 'cancelled';
  readonly failures: readonly TemplateTestFailure[];
  /** Log of the run, without secrets. */
  readonly log: readonly string[];
  /** Duration in milliseconds. */
  readonly duration: number;
  /** Whether the actual output can be accepted as the expected output. */
  readonly canAccept: boolean;
}

/** A failed expectation of a test. */
export interface TemplateTestFailure {
  readonly message: string;
  /** URI of the test's file. */
  readonly file: string;
  /** Range of the expectation. */
  readonly range: Range;
  /** Expected and actual values, if both are texts. */
  readonly difference: { readonly expected: string; readonly actual: string } | undefined;
}

/** Software templates of the catalog and those bundled with Callboard. */
export interface ScaffolderService {
  readonly onDidChange: Event<void>;
  /** Returns all Templates, sorted by title. */
  getTemplates(): Promise<readonly TemplateSummary[]>;
  /**
   * Returns a Template with its content; undefined if it doesn't exist.
   *
   * @throws Error for a Template that Backstage would reject
   */
  loadTemplate(ref: string): Promise<LoadedTemplate | undefined>;
  /** Validates input as the scaffolder backend does before a run. */
  check(ref: string, values: JsonObject, signal: AbortSignal): Promise<TemplateInputCheck>;
  /**
   * Runs a Template without side effects: actions that publish, register or contact others are
   * skipped. A Template of a Backstage runs there as a dry run.
   *
   * @throws Error if the Template doesn't exist
   */
  dryRun(
    ref: string,
    input: TemplateInput,
    options: TemplateRunOptions,
  ): Promise<TemplateRunResult>;
  /**
   * Reads the tests of a file.
   *
   * @param file - URI of a `*.callboard-test.yaml`
   */
  readTests(file: string): Promise<TemplateTestFile>;
  /** Runs a test without side effects. */
  runTest(
    file: string,
    name: string,
    options: { readonly signal: AbortSignal },
  ): Promise<TemplateTestResult>;
  /** Accepts the actual output of a test as the expected output: writes its golden folder. */
  acceptTest(file: string, name: string, options: { readonly signal: AbortSignal }): Promise<void>;
  /**
   * Asks the user for the input and the target folder, then runs the Template.
   *
   * @param options.folder - URI of the target folder; undefined: asks the user
   * @param options.isDryRun - whether the output is only shown
   * @returns `form` if the input must be entered on the form's page (`PortalPage`), which the
   * caller opens
   */
  start(
    ref: string,
    options: { readonly folder?: string; readonly isDryRun?: boolean },
  ): Promise<'started' | 'cancelled' | 'form'>;
  /**
   * Asks the user for the target folder, shows the output and writes it; for a dry run, asks what
   * to compare with.
   *
   * @returns whether the user continued until the run
   */
  create(
    ref: string,
    input: TemplateInput,
    options: { readonly folder?: string; readonly isDryRun?: boolean },
  ): Promise<boolean>;
  /** Returns the runs that `start` and `create` started. */
  tasks(): Promise<TemplateTasksService>;
  /**
   * Runs a Template and writes its output into a folder, after the user has agreed to its actions.
   * A failed or canceled run leaves the folder unchanged; existing files are replaced only with the
   * user's consent.
   *
   * @param folder - URI; created if needed
   * @returns undefined if the user declined
   * @throws Error if the Template doesn't exist or templates can't run here
   */
  run(
    ref: string,
    input: TemplateInput,
    options: TemplateRunOptions & { readonly folder: string },
  ): Promise<TemplateRunResult | undefined>;
  /** Lets the user set, replace or remove the access token for publishing to a host. The token is never shown. */
  setToken(): Promise<void>;
  /**
   * Checks whether a project's Template has changed since the project was created, shows the
   * resulting changes and applies the ones the user selects.
   *
   * @param options.folder - URI of the project's folder; undefined: asks the user
   */
  checkForUpdates(options: { readonly folder?: string }): Promise<void>;
}
