import { homedir } from 'node:os';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Returns the cache folder of the platform. */
export function cacheFolder(env: Environment, part: 'sources' | 'results'): string {
  const given = env['CALLBOARD_CACHE_DIR'];
  if (given) return part === 'sources' ? given : join(given, `callboard-${part}`);
  const caches =
    env['XDG_CACHE_HOME'] ||
    (process.platform === 'win32' ? env['LOCALAPPDATA'] : undefined) ||
    join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  return join(caches, 'callboard', part);
}
