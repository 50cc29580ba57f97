import * as vscode from 'vscode';
import type { TemplateFile, TemplateRunResult } from '../../../../api';
import { type DisposableStore, isSameBytes } from '../../../../base';
import { withoutLinks } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import {
  type Publication,
  type PublishChoice,
  type PublishTarget,
  type DryRunPublication,
  type TaskAttempt,
} from '../../core';
import { confirm } from '../consent/agreement';
import { review } from '../consent/consent';
import { publishingEffects } from '../publishing/publishingTexts';
import { type AttemptDeps, type AttemptRequest, withWindowProgress, runSteps } from './attempts';
import type { WriteRequest, WrittenRun } from './runWriter';
import { openTask, reportRun } from './taskDesk';

export interface CreationRequest extends AttemptRequest {
  /** URI. */
  readonly folder: string;
  readonly choice: PublishChoice;
  /**
   * Whether actions have effects outside the workspace. If so, a dry run and the user's agreement come first.
   */
  readonly isOutward: boolean;
  /** Files that the user has already agreed to. */
  readonly agreed?: readonly TemplateFile[] | undefined;
}

export interface CreationDeps extends AttemptDeps {
  readonly clock: Pick<Clock, 'delay'>;
  /** Hosts that files were fetched from so far. */
  readonly fetched: ReadonlySet<string>;
  /** Returns publishing actions for the dry run. Undefined if no host would be called. */
  readonly openDryRun: () => Promise<DryRunPublication | undefined>;
  /**
   * Opens the chosen publication. Undefined if nothing is published.
   * @param mayPublish - whether a host may publish to a target
   */
  readonly openPublication: (
    mayPublish: (target: PublishTarget) => boolean,
  ) => Promise<Publication | undefined>;
  /** Owns open publications, and disposes them when the window closes. */
  readonly publications: Pick<DisposableStore, 'add' | 'delete'>;
  /** Adds the record of the template, unless the setting disables it. */
  readonly withRecord: (
    result: TemplateRunResult,
    signal: AbortSignal,
  ) => Promise<TemplateRunResult>;
  /**
   * Writes the files.
   * @returns undefined if the user cancels
   */
  readonly write: (
    result: TemplateRunResult,
    options: Omit<WriteRequest, 'folder'>,
  ) => Promise<WrittenRun | undefined>;
}

/** Milliseconds after which the page of a running task opens. */
const SHOW_DELAY = 500;

/** Creates files in a folder: dry run, review, and run after the user agrees. */
export class Creation {
  readonly #request: CreationRequest;
  readonly #deps: CreationDeps;
  /** Files that the user has agreed to. Other files need a new agreement. */
  #agreed: readonly TemplateFile[] | undefined;
  /** Whether the user has agreed to the targets on git hosts. */
  #areTargetsAgreed = false;
  /** Kept for retries, with the commits of completed steps. */
  #publication: Publication | undefined;
  /** Has the targets that the user was shown. Other targets are refused. */
  #dryRunPublication: DryRunPublication | undefined;

  constructor(request: CreationRequest, deps: CreationDeps) {
    this.#request = request;
    this.#deps = deps;
  }

  /** @returns undefined if the user cancelled */
  async run(attempt: TaskAttempt): Promise<TemplateRunResult | undefined> {
    const { template, folder } = this.#request;
    const { actions, log } = this.#deps;
    log.begin(template.title);
    if (attempt.resume) {
      const { outputs } = attempt.resume.checkpoint;
      this.#publication?.discardExcept(new Set(Object.keys(outputs)));
    } else await this.#renewPublication();
    const made = await this.#createFiles(attempt);
    if (made?.status !== 'completed') this.#warnAboutLeftovers();
    if (!made || made.status === 'completed') this.#endPublication();
    if (!made) return undefined;
    const result =
      made.error === undefined ? made : { ...made, error: attempt.withoutSecrets(made.error) };
    if (result.status !== 'completed') {
      if (result.error !== undefined) log.append(undefined, result.error);
      await openTask(attempt.id);
    }
    reportRun(template, result, { folder, id: attempt.id, actions });
    return result;
  }

  #warnAboutLeftovers(): void {
    const { emptyRepositories = [], openPullRequests = [] } = this.#publication ?? {};
    for (const left of [
      ...emptyRepositories.map(one => vscode.l10n.t('{0} was created but is empty.', one)),
      ...openPullRequests.map(one => vscode.l10n.t('The pull request {0} is still open.', one)),
    ]) {
      this.#deps.log.append(undefined, left);
      void vscode.window.showWarningMessage(withoutLinks(left));
    }
  }

  async #renewPublication(): Promise<void> {
    this.#endPublication();
    this.#dryRunPublication = await this.#deps.openDryRun();
    const publication = await this.#deps.openPublication(
      target => this.#dryRunPublication?.has(target) ?? false,
    );
    if (publication) this.#publication = this.#deps.publications.add(publication);
  }

  #endPublication(): void {
    if (this.#publication) this.#deps.publications.delete(this.#publication);
    this.#publication = undefined;
  }

  async #createFiles(attempt: TaskAttempt): Promise<WrittenRun | undefined> {
    const { template, isOutward } = this.#request;
    const publication = this.#publication;
    let going = attempt;
    let done: TemplateRunResult | undefined;
    if (!this.#agreed || !attempt.resume) {
      this.#agreed = this.#request.agreed;
      this.#areTargetsAgreed = false;
      done = await this.#dryRun(attempt);
      if (done?.status !== 'completed') return done;
      done = await this.#confirmFiles(done, attempt);
      if (!done) return undefined;
      await openTask(attempt.id);
      if (isOutward) {
        attempt.reset();
        // Steps of the dry run have to run again.
        going = { ...attempt, resume: undefined };
      }
    }
    const title = vscode.l10n.t('Running {0}…', template.title);
    return withWindowProgress(title, attempt, {
      actions: this.#deps.actions,
      run: async progress => {
        // The reviewed files, even if the template has changed since.
        if (done && !isOutward) return this.#write(done, attempt, progress.signal);
        const result = await runSteps(this.#request, going, {
          ...this.#deps,
          ...progress,
          publication,
          isDryRun: false,
        });
        if (result.status !== 'completed') return result;
        // A template can make other files than in its dry run.
        const agreed = await this.#confirmFiles(result, attempt);
        return agreed && this.#write(agreed, attempt, progress.signal);
      },
    });
  }

  #write(
    result: TemplateRunResult,
    attempt: TaskAttempt,
    signal: AbortSignal,
  ): Promise<WrittenRun | undefined> {
    return this.#deps.write(result, { signal, attempt, publication: this.#publication });
  }

  /** @returns the files to write, if the user agrees or has agreed to them before, or else undefined */
  async #confirmFiles(
    result: TemplateRunResult,
    attempt: TaskAttempt,
  ): Promise<TemplateRunResult | undefined> {
    const { template, folder, choice } = this.#request;
    const recorded = await this.#deps.withRecord(result, attempt.signal);
    const effects = publishingEffects(choice, {
      folder,
      targets: this.#dryRunPublication?.targets ?? [],
    });
    const areFilesAgreed = this.#agreed !== undefined && isSame(this.#agreed, result.files);
    // Targets on git hosts are known only after the dry run.
    const mustAgree = choice.place?.type === 'forge' && !this.#areTargetsAgreed;
    if (areFilesAgreed && !mustAgree) return recorded;
    const place = {
      folder,
      fetched: [...this.#deps.fetched],
      location: this.#publication?.location,
      effects,
      publishes: choice.place !== undefined,
    };
    const answer = areFilesAgreed
      ? confirm(
          vscode.l10n.t('Publish the output of {0}?', template.title),
          effects.join('\n'),
          vscode.l10n.t('Publish'),
        )
      : review(template, recorded, place, attempt.signal);
    if (!(await attempt.whileWaiting(answer))) return undefined;
    this.#agreed = result.files;
    this.#areTargetsAgreed = true;
    return recorded;
  }

  async #dryRun(attempt: TaskAttempt): Promise<TemplateRunResult | undefined> {
    const { template, isOutward } = this.#request;
    const publication = isOutward ? this.#dryRunPublication : this.#publication;
    const ended = new AbortController();
    // A fast run doesn't need its page.
    void this.#deps.clock.delay(SHOW_DELAY, ended.signal).then(
      // The next question needs the focus.
      () => openTask(attempt.id, { preserveFocus: true }),
      () => {},
    );
    try {
      return await withWindowProgress(vscode.l10n.t('Previewing {0}…', template.title), attempt, {
        actions: this.#deps.actions,
        run: progress =>
          runSteps(this.#request, attempt, {
            ...this.#deps,
            ...progress,
            publication,
            isDryRun: isOutward,
          }),
      });
    } finally {
      ended.abort();
    }
  }
}

/** Whether both lists have the same files, in any order. */
function isSame(some: readonly TemplateFile[], others: readonly TemplateFile[]): boolean {
  const byPath = new Map(some.map(file => [file.path, file]));
  return (
    some.length === others.length &&
    others.every(({ path, content, isExecutable }) => {
      const own = byPath.get(path);
      return own?.isExecutable === isExecutable && isSameBytes(own.content, content);
    })
  );
}
