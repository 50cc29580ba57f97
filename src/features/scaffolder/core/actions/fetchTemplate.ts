import type {
  ScaffolderAction,
  ScaffolderActionContext,
  TaskWorkspace,
  WorkspaceEntryBelow,
} from '../../../../api';
import { isRecord } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { withSortedKeys } from '../../../../model/json';
import { InputError, joinPath } from '../../../scm/core/forgeFiles';
import type { RepoHosts } from '../../../scm/core/forges';
import type { RenderingSettings, SkeletonEntry } from '../rendering/renderTree';
import { errorOf, type TemplateEngine } from '../rendering/templateEngine';
import type { SourceEntry, TemplateSources } from '../sources/templateSources';
import { shortText } from '../task/loggedJson';
import { globPaths } from './globFiles';
import { backstageAction, flagInput, listInput, textInput } from './inputs';

export interface RenderingDeps {
  readonly engine: TemplateEngine;
  readonly sources: TemplateSources;
  readonly hosts: RepoHosts;
}

/** Source: `createFetchTemplateAction`. */
export function fetchTemplate(deps: RenderingDeps): ScaffolderAction {
  return backstageAction('fetch:template', context =>
    renderSkeleton(context, deps, async ({ input, logger, templateInfo, signal }) => {
      logger.info('Fetching template content from remote URL');
      const url = textInput(input, 'url') ?? '.';
      return deps.sources.readTree(url, templateInfo.baseUrl, {
        signal,
        token: textInput(input, 'token'),
      });
    }),
  );
}

/** Source: `createWorkspaceTemplateAction`. */
export function workspaceTemplate(deps: RenderingDeps): ScaffolderAction {
  return backstageAction('workspace:template', context =>
    renderSkeleton(context, deps, ({ input, workspace }) => {
      const source = workspace.resolve(textInput(input, 'sourcePath') ?? '');
      const target = workspace.resolve(textInput(input, 'targetPath') ?? './');
      if (source === '' || target === source || target.startsWith(`${source}/`)) {
        throw new InputError('targetPath must not be within template path');
      }
      return Promise.resolve(entriesOf(workspace, source));
    }),
  );
}

type ReadSkeleton = (context: ScaffolderActionContext) => Promise<readonly SourceEntry[]>;

/** Source: `createTemplateActionHandler`. */
async function renderSkeleton(
  context: ScaffolderActionContext,
  { engine, hosts }: RenderingDeps,
  readSkeleton: ReadSkeleton,
): Promise<void> {
  const { input, workspace, logger, signal } = context;
  const target = workspace.resolve(textInput(input, 'targetPath') ?? './');
  const extension = extensionOf(input);
  const skeleton = await readSkeleton(context);
  logger.info('Listing files and directories in template');
  if (skeleton.some(({ path }) => path === '')) {
    throw new Error('The `cwd` option must be a path to a directory');
  }
  const copied = copiedPaths(skeleton, listInput(input, 'copyWithoutTemplating') ?? []);
  const settings = settingsOf(input, hosts);
  logger.info(
    `Processing ${skeleton.length} template files/directories with input values${shownValues(settings.values)}`,
  );
  const outputFolder = joinPath(workspace.path, target);
  const { events, error } = await engine.run(
    'tree',
    {
      ...settings,
      entries: skeleton.map(({ path, content, isExecutable }): SkeletonEntry => ({
        path,
        content,
        isExecutable,
        isCopied: copied.has(path),
      })),
      outputFolder,
      existing: existingPaths(workspace, target),
      replace: flagInput(input, 'replace'),
      extension,
    },
    signal,
  );
  for (const event of events) {
    if (event.type === 'log') logger.info(event.message);
    else if (event.type === 'folder') workspace.makeDirectory(joinPath(target, event.path));
    else {
      const content = event.text ?? skeleton[event.entry]?.content ?? '';
      const { isExecutable } = event;
      workspace.writeFile(joinPath(target, event.path), content, { isExecutable });
    }
  }
  if (error) throw errorOf(error);
  logger.info(`Template result written to ${outputFolder}`);
}

function settingsOf(input: JsonObject, hosts: RepoHosts): RenderingSettings {
  const { values } = input;
  return {
    values: isRecord(values) ? values : undefined,
    cookiecutterCompat: flagInput(input, 'cookiecutterCompat'),
    trimBlocks: flagInput(input, 'trimBlocks'),
    lstripBlocks: flagInput(input, 'lstripBlocks'),
    hosts,
  };
}

function extensionOf(input: JsonObject): string | undefined {
  const { templateFileExtension: written, copyWithoutTemplating: copied } = input;
  if (written && (copied || flagInput(input, 'cookiecutterCompat'))) {
    throw new InputError(
      'Fetch action input extension incompatible with copyWithoutTemplating and cookiecutterCompat',
    );
  }
  if (!written) return undefined;
  const extension = typeof written === 'string' ? written : '.njk';
  return extension.startsWith('.') ? extension : `.${extension}`;
}

function copiedPaths(
  skeleton: readonly SourceEntry[],
  patterns: readonly unknown[],
): ReadonlySet<string> {
  if (patterns.length === 0) return new Set();
  if (!patterns.every(pattern => typeof pattern === 'string')) {
    throw new TypeError('Patterns must be a string or an array of strings');
  }
  const entries = skeleton.map(({ path, content }) => ({ path, isDirectory: !content }));
  const folders = new Set(entries.filter(entry => entry.isDirectory).map(({ path }) => path));
  const tree = { entries, isDirectory: (path: string) => folders.has(path) };
  return new Set(globPaths(patterns, tree, { onlyFiles: false }));
}

function existingPaths(workspace: TaskWorkspace, target: string): readonly WorkspaceEntryBelow[] {
  const below = [...workspace.entries(target)];
  if (!workspace.has(target)) return below;
  return [{ path: '', isDirectory: workspace.isDirectory(target) }, ...below];
}

function entriesOf(workspace: TaskWorkspace, folder: string): readonly SourceEntry[] {
  if (workspace.has(folder) && !workspace.isDirectory(folder)) {
    return [entryOf(workspace, folder, '')];
  }
  return [...workspace.entries(folder)].map(({ path }) => entryOf(workspace, folder, path));
}

function entryOf(workspace: TaskWorkspace, folder: string, path: string): SourceEntry {
  const place = joinPath(folder, path);
  return {
    path,
    content: workspace.isDirectory(place) ? undefined : workspace.readFile(place),
    isExecutable: workspace.isExecutable(place),
    origin: joinPath(workspace.path, place),
  };
}

/** Source: `createFetchTemplateFileAction`. */
export function fetchTemplateFile(deps: RenderingDeps): ScaffolderAction {
  return backstageAction('fetch:template:file', context =>
    renderSkeletonFile(
      context,
      deps,
      async ({ input, logger, templateInfo, workspace, step, signal }) => {
        logger.info('Fetching template file content from remote URL');
        const url = textInput(input, 'url') ?? '.';
        const destination = `${workspace.path}_step-${step.id}-XXXXXX/tmp`;
        const file = await deps.sources.readFile(url, templateInfo.baseUrl, destination, {
          signal,
          token: textInput(input, 'token'),
        });
        return () => file.content;
      },
    ),
  );
}

/** Source: `createWorkspaceTemplateFileAction`. */
export function workspaceTemplateFile(deps: RenderingDeps): ScaffolderAction {
  return backstageAction('workspace:template:file', context =>
    renderSkeletonFile(context, deps, ({ input, workspace }) => {
      const source = workspace.resolve(textInput(input, 'sourcePath') ?? '');
      return Promise.resolve(() => workspace.readFile(source));
    }),
  );
}

/** Source: `createTemplateFileActionHandler`. */
async function renderSkeletonFile(
  context: ScaffolderActionContext,
  { engine, hosts }: RenderingDeps,
  findFile: (context: ScaffolderActionContext) => Promise<() => Uint8Array>,
): Promise<void> {
  const { input, workspace, logger, signal } = context;
  const written = textInput(input, 'targetPath') ?? '';
  const target = workspace.resolve(written);
  if (workspace.has(target) && !flagInput(input, 'replace')) {
    logger.info(`File ${written} already exists in workspace, not replacing.`);
    return;
  }
  const readFile = await findFile(context);
  const settings = settingsOf(input, hosts);
  logger.info(`Processing template file with input values${shownValues(settings.values)}`);
  const content = readFile();
  workspace.writeFile(target, await engine.run('file', { content, ...settings }, signal));
  logger.info(`Template file has been written to ${joinPath(workspace.path, target)}`);
}

/**
 * Values as Backstage's logger appends them to a message: JSON with sorted keys, or nothing if there are none.
 * A value named `message` becomes part of the message instead; `level` and `splat` are dropped.
 */
export function shownValues(values: JsonObject | undefined): string {
  const { message, level: _level, splat: _splat, ...others } = values ?? {};
  const added = message ? ` ${shortText(message)}` : '';
  return Object.keys(others).length === 0
    ? added
    : `${added} ${JSON.stringify(withSortedKeys(others))}`;
}
