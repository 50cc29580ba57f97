import { isRecord } from '../../../base';
import { ConfigReader } from './configReader';
import { readTypedSource } from './typedSources';
import type { SourceConfig } from './types';

export interface SourceConfigs {
  /** In the order of the setting, each id once. */
  readonly configs: readonly SourceConfig[];
  /** A sentence for each value that could not be used. */
  readonly problems: readonly string[];
}

/**
 * Reads the setting `callboard.catalog.sources`, which may hold anything.
 *
 * @param customKinds - names of kinds that are known besides those that everybody knows
 * @param setting - what the setting is called in what is wrong with it
 */
export function readSources(
  value: unknown,
  customKinds: readonly string[] = [],
  setting = 'callboard.catalog.sources',
): SourceConfigs {
  if (value === undefined || value === null) return { configs: [], problems: [] };
  if (!Array.isArray(value)) {
    return { configs: [], problems: [`${setting} must be a list of sources`] };
  }
  const configs = new Map<string, SourceConfig>();
  const problems: string[] = [];
  for (const [index, entry] of (value as unknown[]).entries()) {
    const complain = (problem: string): void => {
      problems.push(`Source ${index + 1} of ${setting} ${problem}`);
    };
    if (!isRecord(entry)) {
      complain('must be an object with a "type"');
      continue;
    }
    const config = readTypedSource(new ConfigReader(entry, complain, customKinds));
    if (!config) continue;
    if (configs.has(config.id)) complain('leads to the same as one before it');
    else configs.set(config.id, config);
  }
  return { configs: [...configs.values()], problems };
}
