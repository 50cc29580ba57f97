import {
  dryRun,
  findTemplate,
  type FoundTemplate,
  RECORD_PATH,
  TemplateEngine,
  type TemplateRun,
} from '../../src/features/scaffolder/core';
import {
  type CheckRequest,
  checkTemplate,
  type FileUpdate,
  makeRecord,
  recordAfter,
  type RenderRequest,
  type TemplateCheck,
  type TemplateRecord,
} from '../../src/features/scaffolder/core/drift';
import type { JsonObject } from '../../src/model';
import type { CommitFiles, FileSystem, SourceRepository } from '../../src/platform/core/ports';
import { InMemoryFileSystem } from './inMemoryFileSystem';
import { TestClock } from './testClock';

const TEMPLATE = '/templates/service/template.yaml';
const PROJECT = 'file:///work/shop';

interface Given {
  readonly values?: JsonObject;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly user?: string;
}

/** A Template in its repository, and a project that was created from it in another repository, both in memory. */
export class TemplateDrift {
  readonly files = new InMemoryFileSystem();
  /** Commits of the project by path, latest first. */
  readonly history = new Map<string, string[]>();
  readonly #commits = new Map<string, InMemoryFileSystem>();
  #head: string | undefined;
  readonly #engine = new TemplateEngine(undefined);
  readonly #signal = new AbortController().signal;
  #template = '';

  /** @param spec - text of the Template's `spec` without owner and type; must fetch the skeleton */
  constructor(skeleton: Readonly<Record<string, string>>, spec = FETCH) {
    this.change(skeleton, spec);
    this.commit('1'.repeat(40));
  }

  /** Creates a version of the Template with exactly these files in its skeleton. */
  change(skeleton: Readonly<Record<string, string>>, spec?: string): void {
    if (spec !== undefined) {
      const indented = spec.replace(/^(?=.)/gm, '  ');
      this.#template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: service }
spec:
  owner: team-a
  type: service
${indented}`;
    }
    this.files.remove('/templates');
    this.files.write(TEMPLATE, this.#template);
    for (const [path, text] of Object.entries(skeleton)) {
      this.files.write(`/templates/service/skeleton/${path}`, text);
    }
  }

  commit(id: string): void {
    const files = new InMemoryFileSystem();
    for (const path of this.files.paths()) {
      if (path.startsWith('/templates/')) files.write(path, this.files.textOf(path));
    }
    this.#commits.set(id, files);
    this.#head = id;
  }

  /** Runs the Template into the project. */
  async make({ values = {}, secrets = {}, user }: Given = {}): Promise<TemplateRecord> {
    const template = await this.#found();
    const taskId = 'first';
    const request = { template, fileSystem: this.files, values, secrets, user, taskId };
    const run = await this.#render(request);
    for (const [path, { content }] of run.files) this.files.write(`/work/shop/${path}`, content);
    return makeRecord({ template, run, values, secrets, user, taskId }, this.#deps);
  }

  write(path: string, text: string | Uint8Array): void {
    this.files.write(`/work/shop/${path}`, text);
  }

  remove(path: string): void {
    this.files.remove(`/work/shop/${path}`);
  }

  async check(record: TemplateRecord, more: Partial<CheckRequest> = {}): Promise<TemplateCheck> {
    return checkTemplate(
      {
        project: PROJECT,
        record,
        isComplete: true,
        template: await this.#found(),
        labels: { mine: 'this project', next: 'the template' },
        ...more,
      },
      this.#deps,
    );
  }

  async updates(
    record: TemplateRecord,
    more: Partial<CheckRequest> = {},
  ): Promise<readonly FileUpdate[]> {
    return checked(await this.check(record, more)).updates;
  }

  /** Writes the result of a check except for conflicts. Returns the new record. */
  async apply(record: TemplateRecord): Promise<TemplateRecord> {
    const { updates, record: after } = checked(await this.check(record));
    const clean = updates.filter(({ state }) => state !== 'conflict');
    for (const { path, result, state } of clean) {
      if (result) this.write(path, result.content);
      if (state === 'removed') this.remove(path);
    }
    return recordAfter(record, after, updates, new Set(clean.map(({ path }) => path)));
  }

  async #found(): Promise<FoundTemplate & { isShipped: boolean }> {
    const found = await findTemplate(`file://${TEMPLATE}`, TEMPLATE, this.files);
    return { ...found, isShipped: false };
  }

  #render = (request: RenderRequest): Promise<TemplateRun> => {
    const { template, fileSystem, values, secrets, user, taskId } = request;
    return dryRun(
      {
        template: template.entity,
        file: template.file,
        values,
        secrets,
        taskId,
        user: user === undefined ? {} : { ref: user },
        repository: 'file:///templates',
        workspacePath: '/tmp/run',
      },
      {
        engine: this.#engine,
        catalog: { getEntityByRef: () => Promise.resolve(undefined) },
        clock: new TestClock(),
        fileSystem,
        signal: this.#signal,
      },
    );
  };

  get #deps() {
    return {
      fileSystem: this.files as FileSystem,
      engine: this.#engine,
      signal: this.#signal,
      render: this.#render,
      openRepository: (folder: string): Promise<SourceRepository | undefined> =>
        Promise.resolve(folder.startsWith(PROJECT) ? this.#project() : this.#templates()),
    };
  }

  #project(): SourceRepository {
    return {
      root: PROJECT,
      head: () => Promise.resolve(undefined),
      originUrl: () => Promise.resolve(undefined),
      readCommit: () => Promise.resolve(undefined),
      visitHistory: async (paths, visit) => {
        for (const path of paths) {
          for (const text of this.history.get(path) ?? []) {
            if (await visit(path, new TextEncoder().encode(text))) break;
          }
        }
      },
      dispose() {},
    };
  }

  #templates(): SourceRepository {
    return {
      root: 'file:///templates',
      head: () => Promise.resolve(this.#head),
      originUrl: () => Promise.resolve('https://example.com/templates.git'),
      readCommit: commit => Promise.resolve(filesOf(this.#commits.get(commit))),
      visitHistory: () => Promise.resolve(),
      dispose() {},
    };
  }
}

function filesOf(fileSystem: InMemoryFileSystem | undefined): CommitFiles | undefined {
  return (
    fileSystem && {
      fileSystem,
      async hasContent(uri, content) {
        const known = await fileSystem.readFile(uri).catch(() => undefined);
        return known !== undefined && Buffer.from(known).equals(content);
      },
    }
  );
}

export function checked(check: TemplateCheck): Extract<TemplateCheck, { type: 'checked' }> {
  if (check.type !== 'checked') throw new Error(JSON.stringify(check));
  return check;
}

/** Returns the states and the new texts of files. */
export function shown(updates: readonly FileUpdate[]): Record<string, string> {
  return Object.fromEntries(
    updates
      .filter(({ path }) => path !== RECORD_PATH)
      .map(({ path, state, conflict, result }) => [
        path,
        [state, conflict, result && new TextDecoder().decode(result.content)]
          .filter(part => part !== undefined)
          .join(': '),
      ]),
  );
}

/** Step that fetches the skeleton with all parameters. */
export const FETCH = `steps:
  - id: fetch
    action: fetch:template
    input: { url: ./skeleton, values: '\${{ parameters }}' }
`;
