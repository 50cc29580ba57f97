import { childUri, isWithin, joinUri } from '../../../base';
import { type CommandContext, UsageError } from '../../../cli/command';
import type { FoundTemplate } from '../core';
import type { TemplateRecord } from '../core/drift';
import { repositoryOpener, findTemplateAt } from './templateFiles';

export type UpdatedTemplate = FoundTemplate & { readonly isShipped: boolean };

/**
 * The current version of a record's Template: the given one, one that ships with Callboard, or one in the
 * project's own repository. Fetches nothing.
 * @param project - URI of its folder
 * @param given - a path
 * @throws UsageError if there is none
 */
export async function recordedTemplate(
  { template }: TemplateRecord,
  { project, given }: { readonly project: string; readonly given: string | undefined },
  context: CommandContext,
): Promise<UpdatedTemplate> {
  const { SHIPPED } = await import('../core/drift');
  const { ref, source, path } = template;
  const withOrigin = (found: FoundTemplate): UpdatedTemplate => ({
    ...found,
    isShipped: isWithin(context.templates, found.file),
  });
  if (given !== undefined) {
    const found = withOrigin(await findTemplateAt(given, context));
    if (found.ref === ref) return found;
    throw new UsageError(`The project was created from ${ref}, but ${given} is ${found.ref}`);
  }
  if (source?.startsWith(SHIPPED)) {
    const folder = childUri(context.templates, source.slice(SHIPPED.length));
    const found = await findAt(folder, context);
    if (found) return withOrigin(found);
    throw new UsageError(`This version of Callboard has no template named ${source}`);
  }
  const own =
    path === undefined ? undefined : await fileInRepository(project, path, source, context);
  const found = own === undefined ? undefined : await findAt(own, context);
  if (found?.ref === ref) return withOrigin(found);
  const place = source === undefined ? '' : ` of ${source}`;
  const file = path === undefined ? '' : ` It was in ${path}${place}.`;
  throw new UsageError(`Can't find ${ref}.${file} Use --template PATH`);
}

async function findAt(uri: string, context: CommandContext): Promise<FoundTemplate | undefined> {
  const { findTemplate } = await import('../core');
  const { InputError } = await import('../../scm/core/forgeFiles');
  try {
    return await findTemplate(uri, uri, context.fileSystem);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** The Template's file, if it comes from the project's own repository. */
async function fileInRepository(
  project: string,
  path: string,
  source: string | undefined,
  context: CommandContext,
): Promise<string | undefined> {
  const repository = await repositoryOpener(context)(project, context.signal);
  if (!repository) return undefined;
  try {
    const isSame = source === undefined || source === (await repository.originUrl());
    return isSame ? joinUri(repository.root, path) : undefined;
  } finally {
    repository.dispose();
  }
}
