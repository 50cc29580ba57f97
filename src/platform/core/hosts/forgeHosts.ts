import { isRecord } from '../../../base';

/** Reads the setting `callboard.templates.integrations`, which may hold anything: kinds of forges by hosts. */
export function readForgeHosts(value: unknown): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(isRecord(value) ? value : {}).flatMap(([host, kind]) =>
      typeof kind === 'string' ? [[host, kind] as const] : [],
    ),
  );
}
