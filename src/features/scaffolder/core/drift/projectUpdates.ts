import type { CatalogService, LoadedTemplate, ScaffolderAction } from '../../../../api';
import { isRecord } from '../../../../base';
import type { JsonObject } from '../../../../model';
import type {
  Clock,
  FileSystem,
  OpenRepository,
  WorkerPool,
} from '../../../../platform/core/ports';
import {
  TemplateEngine,
  dryRun,
  lookupIn,
  taskSteps,
  type ScaffolderSettings,
  type RecordedRun,
  type TemplateRunDeps,
} from '..';
import { checkTemplate, type CheckRequest, type TemplateCheck } from './checkTemplate';
import { makeRecord } from './makeRecord';
import type { TemplateRecord } from './templateRecord';

export interface ProjectUpdatesDeps {
  readonly catalog: CatalogService;
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly workers: WorkerPool;
  /** The actions that plugins add. */
  readonly contributed: () => Iterable<ScaffolderAction>;
  /** URI of the git repository, or else the workspace folder, that a file lies in. */
  readonly repositoryOf: (file: string) => Promise<string | undefined>;
  readonly openRepository: OpenRepository;
  /** What a Backstage's config says that Templates see. */
  readonly settings: () => Promise<ScaffolderSettings>;
  /** How a Template gets files from elsewhere; undefined: not at all. */
  readonly remoteFor: (template: LoadedTemplate) => TemplateRunDeps['remote'];
}

/** What projects were made from, and what has become of it since. */
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

  /** Runs the Template of today without any consequence, and tells what it would change. */
  async check(
    request: Omit<CheckRequest, 'isComplete'> & { readonly template: LoadedTemplate },
    signal: AbortSignal,
  ): Promise<TemplateCheck> {
    const { fileSystem, openRepository, clock, catalog, contributed, repositoryOf } = this.#deps;
    const engine = this.#engine;
    const { hosts, environment } = await this.#deps.settings();
    const remote = this.#deps.remoteFor(request.template);
    return checkTemplate(
      { ...request, isComplete: !this.#isPassedOver(request.template.entity) },
      {
        fileSystem,
        engine,
        openRepository,
        signal,
        render: async ({ template, fileSystem: files, user, taskId, ...input }) =>
          dryRun(
            {
              template: template.entity,
              file: template.file,
              taskId,
              environment,
              ...input,
              user: user === undefined ? {} : { ref: user },
              repository: await repositoryOf(template.file),
              workspacePath: `/tmp/${taskId}`,
            },
            {
              engine,
              clock,
              signal,
              remote,
              hosts,
              fileSystem: files,
              catalog: lookupIn(catalog),
              actions: [...contributed()],
            },
          ),
      },
    );
  }

  /** Whether steps are passed over that may make files: those of plugins that are no part of a dry run. */
  #isPassedOver({ spec }: JsonObject): boolean {
    const outward = [...this.#deps.contributed()].filter(action => !action.supportsDryRun);
    const ids = new Set(outward.map(({ id }) => id));
    return taskSteps(isRecord(spec) ? spec['steps'] : undefined).some(({ action }) =>
      ids.has(action),
    );
  }
}
