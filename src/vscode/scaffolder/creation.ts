import * as vscode from 'vscode';
import type { TemplateRunResult } from '../../api';
import type { DisposableStore } from '../../base';
import type { Clock } from '../../core/ports';
import type { Publication, PublishChoice, TaskAttempt } from '../../core/scaffolder';
import { type AttemptDeps, type AttemptRequest, inWindow, runSteps } from './attempts';
import { review } from './consent';
import { publishingEffects } from './publishingTexts';
import type { WriteRequest, WrittenRun } from './runWriter';
import { openTask, reportRun } from './taskDesk';

export interface CreationRequest extends AttemptRequest {
  /** URI. */
  readonly folder: string;
  readonly choice: PublishChoice;
  /** Whether its actions do what counts: it is tried out without that first, and done after the user has agreed. */
  readonly isOutward: boolean;
}

export interface CreationDeps extends AttemptDeps {
  readonly clock: Pick<Clock, 'delay'>;
  /** Hosts that files were fetched from by now. */
  readonly fetched: ReadonlySet<string>;
  /** Gives what publishes, as it was chosen; undefined where nothing does. */
  readonly openPublication: () => Promise<Publication | undefined>;
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
  /** Whether the user has agreed to what is being done: what goes on from there needs no other yes. */
  #isAgreed = false;
  /** With the commits of the steps that are done: what goes on from a failed one has them. */
  #publication: Publication | undefined;

  constructor(request: CreationRequest, deps: CreationDeps) {
    this.#request = request;
    this.#deps = deps;
  }

  /** @returns undefined where the user did not want it */
  async run(attempt: TaskAttempt): Promise<TemplateRunResult | undefined> {
    const { template, folder } = this.#request;
    const { log } = this.#deps;
    log.begin(template.title);
    if (!attempt.resume) await this.#renewPublication();
    const result = await this.#make(attempt);
    if (!result || result.status === 'completed') this.#endPublication();
    if (!result) return undefined;
    if (result.status !== 'completed') {
      for (const address of this.#publication?.leftBehind ?? []) {
        const left = vscode.l10n.t('{0} was created, and is still there without files.', address);
        log.append(undefined, left);
      }
      for (const address of this.#publication?.leftOpen ?? []) {
        log.append(undefined, vscode.l10n.t('{0} was opened, and is still open.', address));
      }
      if (result.error !== undefined) log.append(undefined, result.error);
      await openTask(attempt.id);
    }
    reportRun(template, result, { folder, id: attempt.id });
    return result;
  }

  async #renewPublication(): Promise<void> {
    this.#endPublication();
    const publication = await this.#deps.openPublication();
    if (publication) this.#publication = this.#deps.publications.add(publication);
  }

  #endPublication(): void {
    if (this.#publication) this.#deps.publications.delete(this.#publication);
    this.#publication = undefined;
  }

  async #make(attempt: TaskAttempt): Promise<WrittenRun | undefined> {
    const { template, folder, choice, isOutward } = this.#request;
    const publication = this.#publication;
    let done: TemplateRunResult | undefined;
    if (!this.#isAgreed || !attempt.resume) {
      this.#isAgreed = false;
      done = await this.#tryOut(attempt);
      if (done?.status !== 'completed') return done;
      done = await this.#deps.withRecord(done, attempt.signal);
      const place = {
        ...{ folder, fetched: [...this.#deps.fetched], location: publication?.location },
        effects: publishingEffects(choice, done, folder),
        publishes: choice.place !== undefined,
      };
      if (!(await attempt.whileWaiting(review(template, done, place)))) return undefined;
      this.#isAgreed = true;
      await openTask(attempt.id);
      if (isOutward) attempt.begin();
    }
    const title = vscode.l10n.t('Running {0}…', template.title);
    return inWindow(title, attempt, {
      actions: this.#deps.actions,
      run: async progress => {
        // Those very files, whatever has become of the template since they were shown.
        const result =
          done && !isOutward
            ? done
            : await runSteps(this.#request, attempt, {
                ...{ ...this.#deps, ...progress, publication, isDryRun: false },
              });
        if (result.status !== 'completed') return result;
        return this.#deps.write(result, { signal: progress.signal, attempt, publication });
      },
    });
  }

  async #tryOut(attempt: TaskAttempt): Promise<TemplateRunResult | undefined> {
    const { template, isOutward } = this.#request;
    const publication = isOutward ? undefined : this.#publication;
    const ended = new AbortController();
    // Of what is over at once, nobody needs to see how it goes on.
    void this.#deps.clock.delay(PATIENCE, ended.signal).then(
      () => openTask(attempt.id),
      () => {},
    );
    try {
      return await inWindow(vscode.l10n.t('Trying {0}…', template.title), attempt, {
        actions: this.#deps.actions,
        run: progress =>
          runSteps(this.#request, attempt, {
            ...{ ...this.#deps, ...progress, publication, isDryRun: isOutward },
          }),
      });
    } finally {
      ended.abort();
    }
  }
}
