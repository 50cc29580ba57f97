import { resolve } from 'node:path';
import type { LoadedTemplate } from '../../../api';
import { pluginTemplates } from '../../../cli/catalog/openPlugins';
import type { CommandContext } from '../../../cli/command';
import { terminalLogger } from '../../../cli/terminal';
import { readEntityRef, stringifyEntityRef } from '../../../model';
import type { FileSystem } from '../../../platform/core/ports';
import { pathToFileUri } from '../../../platform/node';
import type { FoundTemplate } from '../core';
import { findTemplateAt } from './templateFiles';

/** Templates of plugins, and the file system that reads their files. */
interface LoadedTemplates {
  readonly templates: readonly Omit<LoadedTemplate, 'actions'>[];
  readonly fileSystem: FileSystem;
  /** Returns the folder (a URI) whose files a template may read. */
  readonly folderOf: (template: Pick<LoadedTemplate, 'file' | 'plugin'>) => string | undefined;
}

/**
 * Loads the templates of the plugins of some folders (URIs) and of `--plugin`.
 * @throws UsageError if there is no plugin in a place of `--plugin`
 */
export async function loadProvidedTemplates(
  roots: readonly string[],
  context: CommandContext,
): Promise<LoadedTemplates> {
  const { providers, fileSystem } = await pluginTemplates(roots, context);
  if (!providers.length) return { templates: [], fileSystem, folderOf: () => undefined };
  const { ProvidedTemplates } = await import('../core');
  const logger = terminalLogger(context.terminal);
  const provided = new ProvidedTemplates({ fileSystem, provided: () => providers, logger });
  const templates = await provided.load();
  return { templates, fileSystem, folderOf: template => provided.folderOf(template) };
}

/** A Template to run. */
export interface TemplateToRun {
  readonly template: FoundTemplate;
  /** Reads the files of the template. */
  readonly fileSystem: FileSystem;
  /** URI of the folder whose files it may read; default: its repository. */
  readonly folder?: string | undefined;
}

/**
 * Finds a template of the plugins of some folders (URIs) and of `--plugin`, by its ref.
 * @throws UsageError if there is no plugin in a place of `--plugin`
 */
export async function findProvidedTemplate(
  ref: string,
  roots: readonly string[],
  context: CommandContext,
): Promise<TemplateToRun | undefined> {
  const { templates, fileSystem, folderOf } = await loadProvidedTemplates(roots, context);
  const template = templates.find(one => one.ref === ref);
  return template && { template, fileSystem, folder: folderOf(template) };
}

/**
 * Finds the Template of a file or folder, or by its ref among those of the plugins of the current folder and of
 * `--plugin`.
 * @throws UsageError if there is none
 */
export async function findTemplateToRun(
  name: string,
  context: CommandContext,
): Promise<TemplateToRun> {
  const { fileSystem, cwd } = context;
  const isFile = (await fileSystem.stat(pathToFileUri(resolve(cwd, name)))) !== undefined;
  const parsed = readEntityRef(name, { defaultKind: 'template' });
  if (parsed.ok && !isFile) {
    const ref = stringifyEntityRef(parsed.value);
    const found = await findProvidedTemplate(ref, [pathToFileUri(cwd)], context);
    if (found) return found;
  }
  return { template: await findTemplateAt(name, context), fileSystem };
}
