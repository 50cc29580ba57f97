import { childUri, isWithin, joinUri } from '../../../base';
import { type CommandContext, UsageError } from '../../../cli/command';
import type { FoundTemplate } from '../core';
import type { TemplateRecord } from '../core/drift';
import { findProvidedTemplate, type TemplateToRun } from './providedTemplates';
import { repositoryOpener, findTemplateAt } from './templateFiles';

export interface UpdatedTemplate extends TemplateToRun {
  readonly template: FoundTemplate & { readonly isShipped: boolean };
}

/**
 * The current version of a record's Template: the given one, one that ships with Callboard, one in the
 * project's own repository, or one of a plugin. Plugins come first if the user names some. Fetches nothing.
 * @param project - URI of its folder
 * @param given - a path
 * @param roots - URIs of the folders whose plugins have templates
 * @throws UsageError if there is none
 */
export async function recordedTemplate(
  { template }: TemplateRecord,
  {
    project,
    given,
    roots,
  }: {
    readonly project: string;
    readonly given: string | undefined;
    readonly roots: readonly string[];
  },
  context: CommandContext,
): Promise<UpdatedTemplate> {
  const { SHIPPED } = await import('../core/drift');
  const { ref, source, path } = template;
  const withOrigin = (
    found: FoundTemplate,
    place: Omit<TemplateToRun, 'template'> = context,
  ): UpdatedTemplate => ({
    ...place,
    template: { ...found, isShipped: isWithin(context.templates, found.file) },
  });
  if (given !== undefined) {
    const found = await findTemplateAt(given, context);
    if (found.ref === ref) return withOrigin(found);
    throw new UsageError(`The project was created from ${ref}, but ${given} is ${found.ref}`);
  }
  if (source?.startsWith(SHIPPED)) {
    const folder = childUri(context.templates, source.slice(SHIPPED.length));
    const found = await findAt(folder, context);
    if (found) return withOrigin(found);
    throw new UsageError(`This version of Callboard has no template named ${source}`);
  }
  const inRepository = async (): Promise<UpdatedTemplate | undefined> => {
    if (path === undefined) return undefined;
    const file = await fileInRepository(project, path, source, context);
    const found = file === undefined ? undefined : await findAt(file, context);
    return found?.ref === ref ? withOrigin(found) : undefined;
  };
  const inPlugins = async (): Promise<UpdatedTemplate | undefined> => {
    const found = await findProvidedTemplate(ref, roots, context);
    return found && withOrigin(found.template, found);
  };
  const finders = context.plugins?.length ? [inPlugins, inRepository] : [inRepository, inPlugins];
  for (const find of finders) {
    const found = await find();
    if (found) return found;
  }
  const place = source === undefined ? '' : ` of ${source}`;
  const file = path === undefined ? '' : ` It was in ${path}${place}.`;
  throw new UsageError(`Can't find ${ref}.${file} Use --template PATH, or --plugin PATH`);
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
