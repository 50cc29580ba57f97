import type { CatalogService, LoadedTemplate, ScaffolderAction } from '../../../../api';
import type {
  Clock,
  FileSystem,
  OpenRepository,
  WorkerPool,
} from '../../../../platform/core/ports';
import type { DescribedAction } from '../../../plugins/core';
import {
  TemplateEngine,
  dryRun,
  lookupIn,
  type ScaffolderSettings,
  type RecordedRun,
  type TemplateRunDeps,
} from '..';
import { checkTemplate, type CheckRequest, skipsSteps, type TemplateCheck } from './checkTemplate';
import { makeRecord } from './makeRecord';
import type { TemplateRecord } from './templateRecord';

export interface ProjectUpdatesDeps {
  readonly catalog: CatalogService;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly workers: WorkerPool;
  /** Actions that plugins contribute. */
  readonly contributed: () => Iterable<ScaffolderAction>;
  /** Actions that plugins describe. Those without an implementation are skipped. */
  readonly described: () => readonly DescribedAction[];
  /** Returns the folder (a URI) whose files a Template may read. */
  readonly boundaryOf: (template: LoadedTemplate) => Promise<string | undefined>;
  readonly openRepository: OpenRepository;
  /** Backstage settings that Templates can read. */
  readonly settings: () => Promise<ScaffolderSettings>;
  /** Remote access of a Template. Undefined if it has none. */
  readonly remoteFor: (template: LoadedTemplate) => TemplateRunDeps['remote'];
}

/** Records of templates, and updates from them. */
export class ProjectUpdates {
  readonly #deps: ProjectUpdatesDeps;
  readonly #engine: TemplateEngine;

  constructor(deps: ProjectUpdatesDeps) {
    this.#deps = deps;
    this.#engine = new TemplateEngine(deps.workers);
  }

  record(run: RecordedRun, signal: AbortSignal): Promise<TemplateRecord> {
    const { fileSystem, openRepository } = this.#deps;
    return makeRecord(run, { engine: this.#engine, fileSystem, openRepository, signal });
  }

  /** Runs the current Template as a dry run and returns the changes. */
  async check(
    request: Omit<CheckRequest, 'isComplete'> & { readonly template: LoadedTemplate },
    signal: AbortSignal,
  ): Promise<TemplateCheck> {
    const { fileSystem, openRepository, clock, catalog, contributed, described } = this.#deps;
    const actions = { contributed: [...contributed()], described: described() };
    const engine = this.#engine;
    const { hosts, addresses, environment } = await this.#deps.settings();
    const remote = this.#deps.remoteFor(request.template);
    const repository = await this.#deps.boundaryOf(request.template);
    return checkTemplate(
      { ...request, isComplete: !skipsSteps(request.template, actions) },
      {
        fileSystem,
        engine,
        openRepository,
        signal,
        render: ({ template, fileSystem: files, user, taskId, ...input }) =>
          dryRun(
            {
              template: template.entity,
              file: template.file,
              taskId,
              environment,
              ...input,
              user: user === undefined ? {} : { ref: user },
              repository,
              workspacePath: `/tmp/${taskId}`,
            },
            {
              engine,
              clock,
              signal,
              remote,
              hosts,
              addresses,
              fileSystem: files,
              catalog: lookupIn(catalog),
              actions: actions.contributed,
              described: actions.described,
            },
          ),
      },
    );
  }
}
