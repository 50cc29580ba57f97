import { basenameUri, EMPTY_RANGE, isRecord, joinUri, type Range } from '../../../../base';
import type { Problem, Severity } from '../../../../model';
import { readWithin } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { CONFIG_PATH, PLUGIN_PATHS } from '../pluginPaths';
import { readActionSchema } from './actionSchema';
import type { PluginDeclaration } from './declaration';
import { baseOf, findFiles } from './findFiles';
import { type DataPath, parsePlacedText, type PlacedText } from './placedText';
import { readDeclaration } from './readDeclaration';

/** Problem codes of declarative plugins, with the title of each as its doc comment. */
export const pluginSeverities = {
  /** A plugin.yaml, or the configuration of plugins, isn't valid. */
  'invalid-plugin': 'error',
  /** A data file of a plugin can't be read or lacks a value. */
  'plugin-data': 'warning',
  /** The code of a plugin failed or took too long. */
  'plugin-failed': 'error',
} as const satisfies Record<string, Severity>;

/** Maximum size of a declaration, in bytes. */
const MAX_SIZE = 1024 * 1024;

/** Where a plugin is from. `workspace`: from files that the workspace has or names. */
export type PluginOrigin = 'workspace' | 'extension';

/** A declared plugin with its place. */
export interface DeclaredPlugin {
  readonly declaration: PluginDeclaration;
  readonly origin: PluginOrigin;
  /** URI of the file that declares it. */
  readonly file: string;
  /** URI of the folder that its globs are relative to. */
  readonly folder: string;
  /** Returns the place of a part of the declaration. */
  readonly locate: (path: DataPath, at?: 'key' | 'value') => Range;
}

/** Reads declarations, and collects the problems and the files that they depend on. */
export class PluginFiles {
  readonly plugins: DeclaredPlugin[] = [];
  readonly problems: Problem[] = [];
  /** URIs of files that exist or may exist. */
  readonly dependencies = new Set<string>();
  readonly #fileSystem: FileSystem;

  constructor(fileSystem: FileSystem) {
    this.#fileSystem = fileSystem;
  }

  /** Reads the plugin of a workspace folder, and the packages that its configuration names. */
  async readRoot(root: string): Promise<void> {
    for (const path of PLUGIN_PATHS) {
      if (await this.#readFile(joinUri(root, path), { root, folder: root, at: [] })) break;
    }
    const uri = joinUri(root, CONFIG_PATH);
    const config = await this.#parse(uri, root);
    if (config === undefined || config === 'invalid' || !isRecord(config.value)) return;
    const { plugins = [] } = config.value;
    if (!Array.isArray(plugins)) {
      const message = 'plugins must be a list of paths and names of packages';
      this.#report(uri, message, config.locate(['plugins']));
      return;
    }
    for (const [index, name] of plugins.entries()) {
      const fault = await this.#readNamed(name, root);
      if (fault !== undefined) this.#report(uri, fault, config.locate(['plugins', index]));
    }
  }

  /**
   * Reads the plugin in the folder of an extension, or another folder that the user names.
   *
   * @returns whether there is one
   */
  readFolder(folder: string, origin: PluginOrigin): Promise<boolean> {
    return this.#readPackage(folder, { root: folder, origin });
  }

  /** @returns what is wrong with the name */
  async #readNamed(name: unknown, root: string): Promise<string | undefined> {
    if (typeof name !== 'string' || name === '') return 'A plugin must be a path or a package name';
    const isPath = name.startsWith('.');
    if (/^[/\\]|\\|:/.test(name) || name.split('/').includes('..')) {
      return `The plugin ${name} is outside the workspace folder`;
    }
    const folder = joinUri(root, isPath ? name : `node_modules/${name}`);
    if (await this.#readPackage(folder, { root, origin: 'workspace' })) return undefined;
    return isPath
      ? `There is no plugin in ${name}: it needs a plugin.yaml, or a package.json with contributes.callboard`
      : `The package ${name} isn't installed in node_modules, or its package.json has no contributes.callboard`;
  }

  async #readPackage(
    folder: string,
    { root, origin }: { root: string; origin: PluginOrigin },
  ): Promise<boolean> {
    const package_ = joinUri(folder, 'package.json');
    const at = ['contributes', 'callboard'];
    if (await this.#readFile(package_, { root, folder, at, origin })) return true;
    for (const path of ['plugin.yaml', 'plugin.yml', 'plugin.json', ...PLUGIN_PATHS]) {
      const uri = joinUri(folder, path);
      if (await this.#readFile(uri, { root, folder, at: [], origin })) return true;
    }
    return false;
  }

  /** @returns whether the file exists and declares a plugin, valid or not */
  async #readFile(
    uri: string,
    {
      root,
      folder,
      at,
      origin = 'workspace',
    }: { root: string; folder: string; at: DataPath; origin?: PluginOrigin },
  ): Promise<boolean> {
    const placed = await this.#parse(uri, root);
    if (placed === undefined) return false;
    if (placed === 'invalid') return at.length === 0;
    let value = placed.value;
    for (const key of at) value = isRecord(value) ? value[key] : undefined;
    if (value === undefined && at.length) return false;
    const { declaration, faults } = readDeclaration(value);
    for (const { message, path, at: part } of faults) {
      this.#report(uri, message, placed.locate([...at, ...path], part));
    }
    if (!declaration) return true;
    const locate: DeclaredPlugin['locate'] = (path, part) => placed.locate([...at, ...path], part);
    const plugin = { declaration, origin, file: uri, folder, locate };
    await this.#checkFiles(plugin);
    this.plugins.push(plugin);
    return true;
  }

  /** Reports patterns of files that match nothing. */
  async #checkFiles({ declaration, folder, file, locate }: DeclaredPlugin): Promise<void> {
    const { model = [], checks = [], templates = [], skills = [], actions = [] } = declaration;
    const named: [DataPath, string][] = actions.flatMap(({ schema }, index) =>
      schema === undefined ? [] : [[['actions', index, 'schema'], schema]],
    );
    for (const [key, patterns] of Object.entries({ model, checks, templates, skills })) {
      for (const [index, pattern] of patterns.entries()) named.push([[key, index], pattern]);
    }
    for (const [path, pattern] of named) {
      const base = baseOf(pattern);
      this.dependencies.add(base === '' ? joinUri(folder, pattern) : joinUri(folder, base));
      const found = await findFiles(folder, pattern, this.#fileSystem);
      if (!found.length && !(await this.#isFolderPattern(folder, pattern))) {
        this.#report(file, `No file matches ${pattern}`, locate(path));
      }
    }
    for (const { schema } of actions) {
      if (schema !== undefined) await this.#checkSchema(joinUri(folder, schema), folder);
    }
  }

  async #checkSchema(uri: string, folder: string): Promise<void> {
    // A missing file is reported where it is named.
    if (!(await this.#fileSystem.stat(uri).catch(() => undefined))) return;
    const schema = await readActionSchema(uri, folder, this.#fileSystem);
    if (!schema.ok) this.#report(uri, schema.error.message, schema.error.range);
  }

  /** Whether a pattern such as `skills/*` matches folders: files below them count. */
  async #isFolderPattern(folder: string, pattern: string): Promise<boolean> {
    return (await findFiles(folder, `${pattern}/**`, this.#fileSystem)).length > 0;
  }

  async #parse(uri: string, root: string): Promise<PlacedText | 'invalid' | undefined> {
    this.dependencies.add(uri);
    const read = await readWithin(this.#fileSystem, { uri, boundary: root, maxSize: MAX_SIZE });
    if (read.type === 'missing') return undefined;
    if (read.type !== 'text') {
      const reason = read.type === 'outside' ? 'it leads out of the folder' : read.message;
      this.#report(uri, `Can't read ${basenameUri(uri)}: ${reason}`, EMPTY_RANGE);
      return 'invalid';
    }
    const placed = parsePlacedText(read.text);
    if (placed.ok) return placed.value;
    // Others report what is wrong with a package.json.
    if (basenameUri(uri) !== 'package.json') {
      this.#report(uri, placed.error.message, placed.error.range);
    }
    return 'invalid';
  }

  #report(file: string, message: string, range: Range): void {
    this.problems.push(pluginProblem('invalid-plugin', message, { file, range }));
  }
}

/** Creates a problem with the default severity of its code. */
export function pluginProblem(
  code: keyof typeof pluginSeverities,
  message: string,
  place: { readonly file: string; readonly range: Range },
): Problem {
  return { code, severity: pluginSeverities[code], message, document: undefined, ...place };
}
