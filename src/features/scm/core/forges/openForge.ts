import type { Forge } from './forge';
import type { ForgeType } from './forgeAddress';
import type { ForgeDeps } from './forgeDeps';
import type { ForgeLookups } from './forgeLookups';
import { GithubForge } from './github/githubForge';
import { GitlabForge } from './gitlab/gitlabForge';

/** @throws NotAllowedError where the token cannot be sent there */
export function openForge(type: ForgeType, deps: ForgeDeps): Forge & ForgeLookups {
  return type === 'github' ? new GithubForge(deps) : new GitlabForge(deps);
}
