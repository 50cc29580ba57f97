import { createScanner, type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { errorMessage, joinUri, LineIndex } from '../../base';
import { MAX_JSON_NESTING } from '../../model/json';
import type { CommandContext } from '../command';
import { pathsRelativeTo } from '../paths';

const maxSettingsSize = 1024 * 1024;

/** Returns the settings of a folder, unchecked and without warnings: `readOptions` reports those. */
export async function quietSettings(
  root: string,
  context: CommandContext,
): Promise<SettingsReading['get']> {
  return (await settingsOfFolders([root], context, () => {})).get;
}

/**
 * Returns the settings of several folders: for each key, the first folder that sets it decides, since an engine has one
 * set of options.
 */
export async function settingsOfFolders(
  roots: readonly string[],
  { fileSystem, cwd }: CommandContext,
  warn: (message: string) => void,
): Promise<SettingsReading> {
  const show = pathsRelativeTo(cwd);
  const found: { path: string; settings: SettingsReading }[] = [];
  for (const root of roots) {
    const file = joinUri(root, '.vscode/settings.json');
    const path = show(file);
    const stat = await fileSystem.stat(file);
    if (stat?.type !== 'file') continue;
    if (stat.size > maxSettingsSize) {
      warn(`${path}: larger than ${maxSettingsSize} bytes; ignored`);
      continue;
    }
    try {
      const text = new TextDecoder().decode(await fileSystem.readFile(file));
      found.push({ path, settings: readSettings(text, path) });
    } catch (error) {
      warn(`${path}: ${errorMessage(error)}`);
    }
  }
  const [chosen = found[0], ...others] = found.filter(({ settings }) => settings.isConfigured);
  chosen?.settings.warnings.forEach(warn);
  for (const { path } of others) warn(`${path}: ignored because ${chosen?.path} is used`);
  return chosen?.settings ?? noSettings;
}

/** Settings of a workspace folder, unchecked, with warnings about unreadable ones. */
export interface SettingsReading {
  /** Returns a setting by its full key, such as `callboard.catalog.exclude`. */
  readonly get: (key: string) => unknown;
  /** Whether the folder has any Callboard setting. */
  readonly isConfigured: boolean;
  readonly warnings: readonly string[];
}

/** VS Code's defaults of `files.exclude`, to which those of a folder are added. */
const filesExcludeDefaults = {
  '**/.git': true,
  '**/.svn': true,
  '**/.hg': true,
  '**/.DS_Store': true,
  '**/Thumbs.db': true,
};

const noSettings: SettingsReading = readSettings('{}', '');

/**
 * Parses a `.vscode/settings.json`: JSON with comments and trailing commas. As in VS Code, valid settings count even if
 * the file has errors.
 *
 * @param path - of the file, for warnings
 */
export function readSettings(text: string, path: string): SettingsReading {
  const errors: ParseError[] = [];
  const isTooDeep = nestingOf(text) > MAX_JSON_NESTING;
  const parsed: unknown = isTooDeep
    ? undefined
    : parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const lines = new LineIndex(text);
  const warnings = errors.slice(0, 1).map(({ error, offset }) => {
    const { line, character } = lines.positionAt(offset);
    return `${path}:${line + 1}:${character + 1}: ${printParseErrorCode(error)}; settings may be missing`;
  });
  if (isTooDeep) {
    warnings.push(`${path}: nested deeper than ${MAX_JSON_NESTING} levels; no settings are used`);
  }
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  if (!isObject && parsed !== undefined && !errors.length) {
    warnings.push(`${path}: not an object; no settings are used`);
  }
  const settings = new Map<string, unknown>(isObject ? Object.entries(parsed) : []);
  const filesExclude = settings.get('files.exclude');
  settings.set('files.exclude', {
    ...filesExcludeDefaults,
    ...(typeof filesExclude === 'object' ? filesExclude : {}),
  });
  return {
    get: key => settings.get(key),
    isConfigured: [...settings.keys()].some(key => key.startsWith('callboard.')),
    warnings,
  };
}

/** Returns the nesting depth, which is the depth of the parser's recursion. */
function nestingOf(text: string): number {
  const scanner = createScanner(text, true);
  let depth = 0;
  let deepest = 0;
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const token = scanner.getTokenLength() === 1 ? text.charAt(scanner.getTokenOffset()) : '';
    if (token === '{' || token === '[') deepest = Math.max(deepest, ++depth);
    else if (token === '}' || token === ']') depth--;
  }
  return deepest;
}
