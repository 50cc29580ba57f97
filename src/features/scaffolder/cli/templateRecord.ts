import { isWithin } from '../../../base';
import type { CommandContext } from '../../../cli/command';
import type { JsonObject } from '../../../model';
import type { OpenRepository } from '../../../platform/core/ports';
import { loadGitSources } from '../../scm/node';
import type { FoundTemplate, TaskFile, TemplateRun } from '../core';

/** What a run was given. */
export interface RunInput {
  readonly values: JsonObject;
  readonly secrets: Readonly<Record<string, string>>;
  readonly taskId: string;
}

/** What says from what the files of a run were made. */
export async function recordOf(
  template: FoundTemplate,
  run: TemplateRun,
  input: RunInput,
  context: CommandContext,
): Promise<TaskFile> {
  const { fileSystem, signal, workers } = context;
  const { formatRecord, makeRecord } = await import('../core/drift');
  const { TemplateEngine } = await import('../core');
  const isShipped = isWithin(context.templates, template.file);
  const record = await makeRecord(
    { template: { ...template, isShipped }, run, user: undefined, ...input },
    {
      fileSystem,
      signal,
      engine: new TemplateEngine(workers?.pool),
      openRepository: repositoryOpener(context),
    },
  );
  const content = new TextEncoder().encode(formatRecord(record));
  return { content, isExecutable: false };
}

export function repositoryOpener({ fileSystem }: CommandContext): OpenRepository {
  return async (folder, signal) => {
    const { GitSourceRepository } = await loadGitSources();
    return GitSourceRepository.open(folder, { outside: fileSystem, signal });
  };
}
