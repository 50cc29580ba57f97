import { createTemplateRenderer, type TemplateRenderer } from 'nunjitsu';
import type { WorkspaceEntryBelow } from '../../../../api';
import type { JsonObject } from '../../../../model';
import { isBinary } from '../../../../platform/core/binary';
import { fileError, joinPath, parentPath, safeChildPath } from '../../../scm/core/forgeFiles';
import type { RepoHosts } from '../../../scm/core/forges';
import { ReadingBudget } from './readingBudget';
import { templateFilters } from './templateFilters';

/** Inputs of `fetch:template` that control rendering. */
export interface RenderingSettings {
  readonly values: JsonObject | undefined;
  readonly cookiecutterCompat: boolean;
  readonly trimBlocks: boolean;
  readonly lstripBlocks: boolean;
  readonly hosts: RepoHosts;
}

/** A file or folder of a skeleton. */
export interface SkeletonEntry {
  /** Relative to the skeleton. */
  readonly path: string;
  /** Undefined for a folder. */
  readonly content?: Uint8Array | undefined;
  readonly isExecutable: boolean;
  /** Whether its content is copied without rendering. */
  readonly isCopied: boolean;
}

export interface TreeRequest extends RenderingSettings {
  readonly entries: readonly SkeletonEntry[];
  /** Absolute path of the target folder. */
  readonly outputFolder: string;
  /** Existing entries, relative to the target folder. */
  readonly existing: readonly WorkspaceEntryBelow[];
  /** Whether to replace existing files. */
  readonly replace: boolean;
  /** Extension of the files to render, with its dot. Undefined to render all. */
  readonly extension: string | undefined;
}

/** Events of rendering a tree, in their order. */
export type TreeEvent =
  | { readonly type: 'log'; readonly message: string }
  | { readonly type: 'folder'; readonly path: string }
  | {
      readonly type: 'file';
      /** Relative to the output folder. */
      readonly path: string;
      readonly isExecutable: boolean;
      /** Rendered text. Undefined to use the entry's content. */
      readonly text: string | undefined;
      /** Index of the source entry. */
      readonly entry: number;
    };

/** Serializable error. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
}

export interface TreeReply {
  readonly events: readonly TreeEvent[];
  /** The error that stopped rendering. */
  readonly error?: ErrorData | undefined;
}

/**
 * Renders the names and contents of a skeleton. Source: `createTemplateActionHandler` of
 * `plugins/scaffolder-backend` 4.3.0.
 */
export function renderTree(request: TreeRequest): TreeReply {
  const events: TreeEvent[] = [];
  try {
    renderEntries(request, events);
    return { events };
  } catch (error) {
    return { events, error: errorData(error) };
  }
}

interface FileRequest extends RenderingSettings {
  readonly content: Uint8Array;
}

/**
 * Renders a file.
 * @throws errors of the renderer
 */
export function renderFile({ content, ...settings }: FileRequest): string {
  const text = decoded(content);
  const { cookiecutterCompat } = settings;
  new ReadingBudget().spend(text, { name: 'The file', cookiecutterCompat });
  return rendererOf(settings).render(text, contextOf(settings));
}

export function errorData(error: unknown): ErrorData {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}

function renderEntries(request: TreeRequest, events: TreeEvent[]): void {
  const { entries, outputFolder, replace, extension, cookiecutterCompat } = request;
  const renderer = rendererOf(request);
  const context = renderer.prepareContext(contextOf(request));
  const budget = new ReadingBudget();
  const render = (text: string, name: string): string => {
    budget.spend(text, { name, cookiecutterCompat });
    return renderer.render(text, context);
  };
  const place = new TargetFolder(outputFolder, request.existing);
  const log = (message: string): unknown => events.push({ type: 'log', message });
  for (const [index, entry] of entries.entries()) {
    const { content, isExecutable } = entry;
    // The trailing slash of a folder is rendered, too.
    const location = content ? entry.path : `${entry.path}/`;
    const isTemplate =
      extension === undefined ? !entry.isCopied : hasExtension(location, extension);
    const written =
      isTemplate && extension !== undefined ? location.slice(0, -extension.length) : location;
    const rendered = render(written, `The name of ${location}`);
    if (rendered === '' || rendered.startsWith('/') || rendered.includes('//')) continue;
    const path = place.resolve(rendered);
    if (place.has(path) && !replace) continue;
    if (!isTemplate && extension === undefined) {
      log(`Copying file/directory ${location} without processing.`);
    }
    if (!content) {
      log(`Writing directory ${location} to template output path.`);
      events.push({ type: 'folder', path });
    } else if (isBinary(content)) {
      log(`Copying file binary or symbolic link at ${location}, to template output path.`);
      events.push({ type: 'file', path, isExecutable, text: undefined, entry: index });
    } else {
      const mode = isExecutable ? EXECUTABLE : REGULAR;
      log(`Writing file ${location} to template output path with mode ${mode}.`);
      // Decodes and encodes files that aren't rendered, too, as Backstage does. Invalid UTF-8 is not preserved.
      const text = decoded(content);
      const result = isTemplate ? render(text, location) : text;
      events.push({ type: 'file', path, isExecutable, text: result, entry: index });
    }
    place.add({ path, isDirectory: !content });
  }
}

/** Entries of the target folder. */
class TargetFolder {
  readonly #folder: string;
  readonly #folders = new Set<string>();
  readonly #files = new Set<string>();

  constructor(folder: string, existing: readonly WorkspaceEntryBelow[]) {
    this.#folder = folder;
    for (const entry of existing) this.add(entry);
  }

  /** @throws NotAllowedError, and `ENOTDIR` for a path below a file */
  resolve(path: string): string {
    const resolved = safeChildPath(this.#folder, path);
    let below = resolved;
    for (let parent = parentPath(below); below !== ''; parent = parentPath(parent)) {
      if (this.#files.has(parent)) {
        throw fileError('ENOTDIR', 'lstat', joinPath(this.#folder, below));
      }
      below = parent;
    }
    return resolved;
  }

  has(path: string): boolean {
    return this.#files.has(path) || this.#folders.has(path);
  }

  add({ path, isDirectory }: WorkspaceEntryBelow): void {
    (isDirectory ? this.#folders : this.#files).add(path);
    for (let folder = path; folder !== '';) {
      folder = parentPath(folder);
      this.#folders.add(folder);
    }
  }
}

/** File modes with the bits of the file type. */
const REGULAR = 0o100644;
const EXECUTABLE = 0o100755;

/** Source: `extname` of Node, in which dotfiles have no extension. */
function hasExtension(location: string, extension: string): boolean {
  const name = location.replace(/\/$/, '').split('/').pop() ?? '';
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.slice(dot) === extension;
}

function rendererOf(settings: RenderingSettings): TemplateRenderer {
  const { cookiecutterCompat, trimBlocks, lstripBlocks, hosts } = settings;
  return createTemplateRenderer({
    filters: templateFilters(hosts),
    // A pattern can run forever. The worker's timeout stops it.
    allowRegexExecution: true,
    cookiecutterCompat,
    trimBlocks,
    lstripBlocks,
  });
}

function contextOf({ cookiecutterCompat, values }: RenderingSettings): JsonObject {
  return values === undefined ? {} : { [cookiecutterCompat ? 'cookiecutter' : 'values']: values };
}

/** Keeps a byte order mark, as Node does. */
function decoded(content: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
}
