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
  /** Actions that plugins contribute. */
  readonly contributed: () => Iterable<ScaffolderAction>;
  /** URI of the git repository, or else the workspace folder, of a file. */
  readonly repositoryOf: (file: string) => Promise<string | undefined>;
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
    const { fileSystem, openRepository, clock, catalog, contributed, repositoryOf } = this.#deps;
    const engine = this.#engine;
    const { hosts, addresses, environment } = await this.#deps.settings();
    const remote = this.#deps.remoteFor(request.template);
    return checkTemplate(
      { ...request, isComplete: !this.#skipsSteps(request.template.entity) },
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
              addresses,
              fileSystem: files,
              catalog: lookupIn(catalog),
              actions: [...contributed()],
            },
          ),
      },
    );
  }

  /** Whether a dry run skips steps of plugins, which may create files. */
  #skipsSteps({ spec }: JsonObject): boolean {
    const outward = [...this.#deps.contributed()].filter(action => !action.supportsDryRun);
    const ids = new Set(outward.map(({ id }) => id));
    return taskSteps(isRecord(spec) ? spec['steps'] : undefined).some(({ action }) =>
      ids.has(action),
    );
  }
}
