import { EMPTY_RANGE } from '../../../base';
import type { DisabledLines } from '../../../model';
import { type ConfigIssue, readConfigFile, type ReadConfigDeps } from './configFile';
import { type ConfigNode, mergeConfigs } from './configNode';
import { environmentConfig } from './environmentConfig';
import type { WrittenValues } from './writtenValues';

/** What config files say together. */
export interface ConfigFilesReading {
  /** Undefined where they say nothing. */
  readonly node: ConfigNode | undefined;
  readonly issues: readonly ConfigIssue[];
  /** URIs of all that were read, or would be if they existed. */
  readonly files: readonly string[];
  /** Lines on which comments disable problems, by the URI of the file that was read. */
  readonly disabledLines: ReadonlyMap<string, DisabledLines>;
  readonly written: WrittenValues;
}

/**
 * Reads config files, each laid over the ones before, and the variables `APP_CONFIG_…` over all of them; without any
 * config there is no Backstage that they could belong to.
 *
 * @param uris - in the order of the `--config` options of the backend
 * @param keys - at the top: nothing else is read
 * @param isOfInterest - whether what is wrong in a file at a key (undefined: all of it) is told
 */
export async function readConfigFiles(
  uris: readonly string[],
  {
    keys,
    isOfInterest,
    ...deps
  }: ReadConfigDeps & {
    readonly keys: readonly string[];
    readonly isOfInterest: (key: string | undefined) => boolean;
  },
): Promise<ConfigFilesReading> {
  const issues: ConfigIssue[] = [];
  const files = new Set<string>();
  const disabledLines = new Map<string, DisabledLines>();
  const written = new Map<string, string>();
  let merged: ConfigNode | undefined;
  for (const uri of uris) {
    const reading = await readConfigFile(uri, keys, deps);
    issues.push(...reading.issues.filter(({ key }) => isOfInterest(key)));
    for (const file of reading.files) files.add(file);
    for (const [file, lines] of reading.disabledLines) disabledLines.set(file, lines);
    for (const [value, source] of reading.written) written.set(value, source);
    merged = mergeConfigs(reading.node, merged);
  }
  const last = uris.at(-1);
  if (last !== undefined) {
    const place = { file: last, range: EMPTY_RANGE };
    const { node, issues: environmentIssues } = environmentConfig(deps.environment, keys, place);
    issues.push(...environmentIssues);
    merged = mergeConfigs(node, merged);
  }
  return { node: merged, issues, files: [...files], disabledLines, written };
}
