import { errorMessage, joinUri } from '../../base';
import type { CommandContext } from '../command';
import { pathsRelativeTo } from '../paths';
import { noSettings, readSettings, type SettingsReading } from './settings';

const maxSettingsSize = 1024 * 1024;

/** The settings of a folder, unchecked; what is wrong with its settings is told with its options. */
export async function quietSettings(
  root: string,
  context: CommandContext,
): Promise<SettingsReading['get']> {
  return (await settingsOfFolders([root], context, () => {})).get;
}

/** An engine has one set of options: of several folders the first that says something decides. */
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
      warn(`${path}: larger than ${maxSettingsSize} bytes; not read`);
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
  for (const { path } of others) warn(`${path}: not used, as ${chosen?.path} is`);
  return chosen?.settings ?? noSettings;
}
