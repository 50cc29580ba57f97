import { compareCodeUnits, isRecord, joinUri } from '../../../../base';
import { type DisabledLines, findDisabledLines, isDisabled, type Problem } from '../../../../model';
import { readWithin } from '../../../../platform/core/files';
import { Glob, isPattern } from '../../../../platform/core/globs';
import type { FileSystem } from '../../../../platform/core/ports';
import type { FieldPath, YamlDocument } from '../ingest/yaml/yamlDocument';
import { parseYamlDocuments } from '../ingest/yaml/yamlDocuments';
import { type CatalogProblemCode, createProblem } from '../problems/problemSeverities';
import { CONFIG_PATH } from './modelData';

/** Maximum size of a file, in bytes. */
const MAX_FILE = 1024 * 1024;
/** Maximum number of files of a folder; an exported model has a file per plugin. */
const MAX_FILES = 200;
/** Maximum number of folders that a pattern walks. */
const MAX_FOLDERS = 2000;
/** Folders without layers. */
const SKIPPED = new Set(['node_modules', '.git']);

/** A parsed document of a file. */
export interface LayerDocument {
  readonly uri: string;
  /** Path relative to the folder. */
  readonly path: string;
  readonly document: YamlDocument;
}

/** Files of one workspace folder, with their problems. */
export class LayerFiles {
  readonly dependencies = new Set<string>();
  readonly problems: Problem[] = [];
  readonly #root: string;
  readonly #isOfPlugin: boolean;
  readonly #fileSystem: FileSystem;
  readonly #disabledLines = new Map<string, DisabledLines>();

  /** @param deps.isOfPlugin - whether the folder is that of a plugin, which reports patterns without files itself */
  constructor(deps: { root: string; fileSystem: FileSystem; isOfPlugin?: boolean }) {
    this.#root = deps.root;
    this.#isOfPlugin = deps.isOfPlugin ?? false;
    this.#fileSystem = deps.fileSystem;
  }

  /** Returns the patterns of layers in the folder's configuration file. */
  async configuredPatterns(): Promise<readonly string[]> {
    const uri = joinUri(this.#root, CONFIG_PATH);
    const [file] = await this.#documents(uri, CONFIG_PATH, 'invalid-config');
    if (!file) return [];
    const report = (message: string, path: FieldPath, at: 'key' | 'value' = 'value'): void => {
      this.report(file, { code: 'invalid-config', message, path, at });
    };
    const { value } = file.document;
    if (!isRecord(value)) {
      report('The configuration must be an object', []);
      return [];
    }
    const { model } = value;
    if (model === undefined) return [];
    if (!isRecord(model)) {
      report('model must be an object with layers', ['model']);
      return [];
    }
    const { layers = [], ...others } = model;
    for (const key of Object.keys(others)) {
      report(`"${key}" isn't a field of model. Known: layers`, ['model', key], 'key');
    }
    if (!Array.isArray(layers)) {
      report('model.layers must be a list of paths or globs', ['model', 'layers']);
      return [];
    }
    return layers.flatMap((pattern: unknown, index) => {
      if (typeof pattern === 'string' && pattern !== '') return [pattern];
      report('A layer must be a path or a glob', ['model', 'layers', index]);
      return [];
    });
  }

  /**
   * Reads the documents of files that patterns match, in the order of the patterns, those of one
   * pattern by path. Reports a pattern that matches no file.
   */
  async read(patterns: readonly string[]): Promise<readonly LayerDocument[]> {
    const paths = new Set<string>();
    for (const pattern of patterns) {
      const found = await this.#match(pattern);
      for (const path of found) paths.add(path);
    }
    const documents: LayerDocument[] = [];
    for (const path of [...paths].slice(0, MAX_FILES)) {
      documents.push(...(await this.#documents(joinUri(this.#root, path), path, 'invalid-model')));
    }
    return documents;
  }

  report(
    { uri, document }: LayerDocument,
    {
      code,
      message,
      path,
      at,
      suggestions,
    }: {
      code: CatalogProblemCode;
      message: string;
      path: FieldPath;
      at: 'key' | 'value';
      suggestions?: readonly string[];
    },
  ): void {
    const range = document.locate(path, at);
    this.#add(
      createProblem(code, message, {
        file: uri,
        document: document.index,
        range,
        ...(suggestions?.length && { suggestions }),
      }),
    );
  }

  #add(problem: Problem): void {
    const lines = this.#disabledLines.get(problem.file ?? '');
    if (!lines || !isDisabled(problem, lines)) this.problems.push(problem);
  }

  /** Returns the paths of files that a pattern matches. */
  async #match(pattern: string): Promise<readonly string[]> {
    const path = pattern.replace(/^\.\//, '');
    if (path.startsWith('/') || path.split('/').includes('..')) {
      if (!this.#isOfPlugin)
        this.#reportFile(CONFIG_PATH, `The layer ${pattern} is outside the workspace folder`);
      return [];
    }
    if (!isPattern(path)) return [path];
    const glob = new Glob(path);
    const segments = path.split('/');
    const base = segments.slice(0, segments.findIndex(isPattern)).join('/');
    this.dependencies.add(base === '' ? this.#root : joinUri(this.#root, base));
    const found: string[] = [];
    let folders = 0;
    for (const pending = [base]; pending.length && folders < MAX_FOLDERS; folders++) {
      const folder = pending.shift() ?? '';
      const uri = folder === '' ? this.#root : joinUri(this.#root, folder);
      const entries = await this.#fileSystem.readDirectory(uri).catch(() => []);
      for (const { name, type } of entries) {
        const inside = folder === '' ? name : `${folder}/${name}`;
        if (type === 'directory' && !SKIPPED.has(name)) pending.push(inside);
        else if (type === 'file' && glob.test(inside)) found.push(inside);
      }
    }
    return found.sort(compareCodeUnits);
  }

  async #documents(
    uri: string,
    path: string,
    code: CatalogProblemCode,
  ): Promise<readonly LayerDocument[]> {
    this.dependencies.add(uri);
    const read = await readWithin(this.#fileSystem, {
      uri,
      boundary: this.#root,
      maxSize: MAX_FILE,
    });
    if (read.type === 'missing') {
      const isReported = code !== 'invalid-config' && !this.#isOfPlugin;
      if (isReported) this.#reportFile(path, `File ${path} doesn't exist`);
      return [];
    }
    if (read.type !== 'text') {
      const reason = read.type === 'outside' ? 'it leads out of the workspace' : read.message;
      this.#reportFile(path, `Can't read ${path}: ${reason}`, uri);
      return [];
    }
    this.#disabledLines.set(uri, findDisabledLines(read.text));
    const documents: LayerDocument[] = [];
    for (const document of parseYamlDocuments(read.text)) {
      const file = { uri, path, document };
      for (const { message, range } of document.faults) {
        this.#add(
          createProblem(code, `YAML error: ${message}`, {
            file: uri,
            document: document.index,
            range,
          }),
        );
      }
      if (!document.isEmpty && !document.faults.length) documents.push(file);
    }
    return documents;
  }

  /** Reports a file that isn't read; without a file, at the folder's settings. */
  #reportFile(path: string, message: string, file?: string): void {
    const settings = joinUri(this.#root, '.vscode/settings.json');
    const code = path === CONFIG_PATH ? 'invalid-config' : 'invalid-model';
    this.problems.push(createProblem(code, message, { file: file ?? settings }));
  }
}

/** Returns the id of a layer without one. */
export function fallbackLayerId({ path, document }: LayerDocument): string {
  return document.index === 0 ? path : `${path}#${document.index}`;
}
