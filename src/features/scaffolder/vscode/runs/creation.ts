import * as vscode from 'vscode';
import type { TemplateFile, TemplateRunResult } from '../../../../api';
import { type DisposableStore, isSameBytes } from '../../../../base';
import { withoutLinks } from '../../../../platform/core';
import type { Clock } from '../../../../platform/core/ports';
import {
  type Publication,
  type PublishChoice,
  type PublishTarget,
  type Rehearsal,
  type TaskAttempt,
} from '../../core';
import { isAgreed } from '../consent/agreement';
import { review } from '../consent/consent';
import { publishingEffects } from '../publishing/publishingTexts';
import { type AttemptDeps, type AttemptRequest, inWindow, runSteps } from './attempts';
import type { WriteRequest, WrittenRun } from './runWriter';
import { openTask, reportRun } from './taskDesk';

export interface CreationRequest extends AttemptRequest {
  /** URI. */
  readonly folder: string;
  readonly choice: PublishChoice;
  /** Whether its actions do what counts: it is tried out without that first, and done after the user has agreed. */
  readonly isOutward: boolean;
  /** Files that the user has seen and agreed to. */
  readonly agreed?: readonly TemplateFile[] | undefined;
}

export interface CreationDeps extends AttemptDeps {
  readonly clock: Pick<Clock, 'delay'>;
  /** Hosts that files were fetched from by now. */
  readonly fetched: ReadonlySet<string>;
  /** Gives what publishes where it is only tried; undefined where no host would be asked. */
  readonly rehearse: () => Promise<Rehearsal | undefined>;
  /**
   * Gives what publishes, as it was chosen; undefined where nothing does.
   *
   * @param mayAsk - whether a host may be asked for something
   */
  readonly openPublication: (
    mayAsk: (target: PublishTarget) => boolean,
  ) => Promise<Publication | undefined>;
  /** Has what publishes until it is done with it, or the window closes. */
  readonly publications: Pick<DisposableStore, 'add' | 'delete'>;
  /** What is written for what was made: with what says from what, unless the user does not want that. */
  readonly withRecord: (
    result: TemplateRunResult,
    signal: AbortSignal,
  ) => Promise<TemplateRunResult>;
  /** Writes what was made. @returns undefined where the user did not want that */
  readonly write: (
    result: TemplateRunResult,
    options: Omit<WriteRequest, 'folder'>,
  ) => Promise<WrittenRun | undefined>;
}

/** After so many milliseconds, a run that goes on is shown. */
const PATIENCE = 500;

/** What is to be made in a folder: it is tried out, shown, and written once the user agrees. */
export class Creation {
  readonly #request: CreationRequest;
  readonly #deps: CreationDeps;
  /** The files that the user has agreed to: what comes to nothing else needs no other yes. */
  #agreed: readonly TemplateFile[] | undefined;
  /** Whether the user has agreed to the repositories that a host is asked for. */
  #areTargetsAgreed = false;
  /** With the commits of the steps that are done: what goes on from a failed one has them. */
  #publication: Publication | undefined;
  /** With the repositories that the user was told of: nothing is asked for in others. */
  #rehearsal: Rehearsal | undefined;

  constructor(request: CreationRequest, deps: CreationDeps) {
    this.#request = request;
    this.#deps = deps;
  }

  /** @returns undefined where the user did not want it */
  async run(attempt: TaskAttempt): Promise<TemplateRunResult | undefined> {
    const { template, folder } = this.#request;
    const { actions, log } = this.#deps;
    log.begin(template.title);
    if (attempt.resume) {
      const { outputs } = attempt.resume.checkpoint;
      this.#publication?.forgetAllBut(new Set(Object.keys(outputs)));
    } else await this.#renewPublication();
    const made = await this.#make(attempt);
    if (made?.status !== 'completed') this.#tellLeftBehind();
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

  #tellLeftBehind(): void {
    const { leftBehind = [], leftOpen = [] } = this.#publication ?? {};
    for (const left of [
      ...leftBehind.map(one =>
        vscode.l10n.t('{0} was created, and is still there without files.', one),
      ),
      ...leftOpen.map(one => vscode.l10n.t('{0} was opened, and is still open.', one)),
    ]) {
      this.#deps.log.append(undefined, left);
      void vscode.window.showWarningMessage(withoutLinks(left));
    }
  }

  async #renewPublication(): Promise<void> {
    this.#endPublication();
    this.#rehearsal = await this.#deps.rehearse();
    const publication = await this.#deps.openPublication(
      target => this.#rehearsal?.has(target) ?? false,
    );
    if (publication) this.#publication = this.#deps.publications.add(publication);
  }

  #endPublication(): void {
    if (this.#publication) this.#deps.publications.delete(this.#publication);
    this.#publication = undefined;
  }

  async #make(attempt: TaskAttempt): Promise<WrittenRun | undefined> {
    const { template, isOutward } = this.#request;
    const publication = this.#publication;
    let going = attempt;
    let done: TemplateRunResult | undefined;
    if (!this.#agreed || !attempt.resume) {
      this.#agreed = this.#request.agreed;
      this.#areTargetsAgreed = false;
      done = await this.#tryOut(attempt);
      if (done?.status !== 'completed') return done;
      done = await this.#agreedTo(done, attempt);
      if (!done) return undefined;
      await openTask(attempt.id);
      if (isOutward) {
        attempt.begin();
        // What was only tried is still to be done.
        going = { ...attempt, resume: undefined };
      }
    }
    const title = vscode.l10n.t('Running {0}…', template.title);
    return inWindow(title, attempt, {
      actions: this.#deps.actions,
      run: async progress => {
        // Those very files, whatever has become of the template since they were shown.
        if (done && !isOutward) return this.#write(done, attempt, progress.signal);
        const result = await runSteps(this.#request, going, {
          ...this.#deps,
          ...progress,
          publication,
          isDryRun: false,
        });
        if (result.status !== 'completed') return result;
        // A template can tell whether it is only tried.
        const agreed = await this.#agreedTo(result, attempt);
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

  /** @returns what is written: the user has agreed to those files, now or before; undefined: they are not wanted */
  async #agreedTo(
    result: TemplateRunResult,
    attempt: TaskAttempt,
  ): Promise<TemplateRunResult | undefined> {
    const { template, folder, choice } = this.#request;
    const recorded = await this.#deps.withRecord(result, attempt.signal);
    const effects = publishingEffects(choice, { folder, targets: this.#rehearsal?.targets ?? [] });
    const areFilesAgreed = this.#agreed !== undefined && isSame(this.#agreed, result.files);
    // What a host is asked for is known only now.
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
      ? isAgreed(
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

  async #tryOut(attempt: TaskAttempt): Promise<TemplateRunResult | undefined> {
    const { template, isOutward } = this.#request;
    const publication = isOutward ? this.#rehearsal : this.#publication;
    const ended = new AbortController();
    // Of what is over at once, nobody needs to see how it goes on.
    void this.#deps.clock.delay(PATIENCE, ended.signal).then(
      // The question that follows has to keep the focus.
      () => openTask(attempt.id, { preserveFocus: true }),
      () => {},
    );
    try {
      return await inWindow(vscode.l10n.t('Trying {0}…', template.title), attempt, {
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

/** Whether files are the same, in whatever order. */
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
