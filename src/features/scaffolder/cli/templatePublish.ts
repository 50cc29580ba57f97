import { isAbsolute, resolve } from 'node:path';
import { dirnameUri, isRecord } from '../../../base';
import { type CommandContext, UsageError } from '../../../cli/command';
import type { ParsedCommand } from '../../../cli/options';
import { decodeText, enclosingRepository, fileReason } from '../../../platform/core/files';
import { fileUriToPath, loadOutputs, pathToFileUri } from '../../../platform/node';
import type { RepoHosts } from '../../scm/core/forges';
import { loadGitPublishing } from '../../scm/node';
import type {
  FoundTemplate,
  LocationPlace,
  Publication,
  PublishChoice,
  Published,
  PublishPlace,
  ScaffolderSettings,
} from '../core';

/** Options that say where a Template publishes to. */
export const publishOptions = ['publish', 'remote', 'branch', 'location'];

/**
 * Reads the publish options. Undefined if the run does not publish.
 * @throws UsageError if options contradict each other, or the Template's steps have no place to publish to
 */
export async function readPublishing(
  options: ParsedCommand['options'],
  { entity }: FoundTemplate,
  context: CommandContext,
): Promise<PublishChoice | undefined> {
  const option = (name: string): string | undefined => options.get(name)?.at(-1);
  if (!options.has('publish')) {
    const [other] = publishOptions.filter(name => options.has(name));
    if (other === undefined) return undefined;
    throw new UsageError(`--${other} needs --publish`);
  }
  const out = option('out');
  if (out === undefined) {
    throw new UsageError('--publish needs --out DIR and excludes --dry-run');
  }
  const [remote, branch, location] = [option('remote'), option('branch'), option('location')];
  if (remote !== undefined && branch !== undefined) {
    throw new UsageError('Use either --remote or --branch');
  }
  return {
    place: await choosePlace({ remote, branch, out, steps: actionIdsOf(entity) }, context),
    location: location === undefined ? undefined : await readLocation(location, context),
  };
}

interface PlaceOptions {
  readonly remote: string | undefined;
  readonly branch: string | undefined;
  readonly out: string;
  /** Ids of actions. */
  readonly steps: readonly string[];
}

async function choosePlace(
  { remote, branch, out, steps }: PlaceOptions,
  { cwd, env, fileSystem }: CommandContext,
): Promise<PublishPlace> {
  const { isBranchName, publishKind, readRemoteUrl } = await import('../core');
  if (remote !== undefined) {
    const isPath = /^\.{1,2}([/\\]|$)/.test(remote) || isAbsolute(remote);
    const url = readRemoteUrl(isPath ? resolve(cwd, remote) : remote);
    if (!url.ok) throw new UsageError(`--remote ${remote}: ${url.error}`);
    return { type: 'remote', url: url.value };
  }
  if (branch !== undefined) {
    if (!isBranchName(branch)) throw new UsageError(`${branch} is not a valid branch name`);
    const repository = await enclosingRepository(pathToFileUri(resolve(cwd, out)), fileSystem);
    if (repository === undefined) throw new UsageError(`${out} is not in a git repository`);
    return { type: 'branch', repository, branch };
  }
  const { EnvironmentTokens } = await import('../../scm/core/forges');
  const tokens = new EnvironmentTokens(env);
  const forges = ['github', 'gitlab'] as const;
  if (forges.some(type => tokens.has(type) && steps.some(id => id.startsWith(`publish:${type}`)))) {
    return { type: 'forge' };
  }
  const change = steps.find(id => publishKind(id) === 'change');
  if (change !== undefined) {
    throw new UsageError(
      `${change} changes an existing repository. Use --remote URL, use --branch NAME with --out in that repository, or set GITHUB_TOKEN or GITLAB_TOKEN`,
    );
  }
  return { type: 'folder' };
}

/**
 * The only Location in a file.
 * @throws UsageError if there is none or more than one
 */
async function readLocation(
  path: string,
  { cwd, fileSystem }: CommandContext,
): Promise<LocationPlace> {
  const { locationNames } = await import('../core');
  const file = pathToFileUri(resolve(cwd, path));
  let text;
  try {
    text = decodeText(await fileSystem.readFile(file));
  } catch (error) {
    throw new UsageError(`Can't read ${path}: ${fileReason(error)}`);
  }
  const [name, ...others] = locationNames(text);
  if (name === undefined || others.length > 0) {
    throw new UsageError(`${path} has ${name === undefined ? 'no' : 'more than one'} Location`);
  }
  const folder = dirnameUri(file);
  return { file, name, boundary: (await enclosingRepository(folder, fileSystem)) ?? folder };
}

/** Adds hosts that the environment has a token for. */
export async function withTokenHosts(
  hosts: RepoHosts,
  { env }: CommandContext,
): Promise<RepoHosts> {
  const { EnvironmentTokens } = await import('../../scm/core/forges');
  return new EnvironmentTokens(env).withHosts(hosts);
}

/** Opens the publication of a run. The caller disposes it. */
export async function openPublicationFor(
  choice: PublishChoice,
  {
    out,
    settings: { hosts, addresses },
    context: { cwd, env, clock, fileSystem },
  }: {
    readonly out: string;
    readonly settings: ScaffolderSettings;
    readonly context: CommandContext;
  },
): Promise<Publication> {
  const { openPublication } = await import('../core');
  const { EnvironmentTokens, HostForges } = await import('../../scm/core/forges');
  const { NodeHttpClient } = await loadOutputs();
  const { SimpleGitPublisher } = await loadGitPublishing();
  const tokens = new EnvironmentTokens(env);
  return openPublication({
    ...choice,
    folder: pathToFileUri(resolve(cwd, out)),
    git: new SimpleGitPublisher(),
    forges: new HostForges({
      hosts: () => hosts,
      addresses,
      tokens,
      http: new NodeHttpClient(),
      clock,
    }),
    fileSystem,
    hosts,
  });
}

/** Text for people. */
export function publishedLine(one: Published): string {
  switch (one.type) {
    case 'repository':
      return `${fileUriToPath(one.folder)} is a git repository now, with commit ${short(one.commit)} on ${one.branch}`;
    case 'branch':
      return `${one.branch} is checked out in ${fileUriToPath(one.repository)}, with commit ${short(one.commit)}`;
    case 'push':
      return `${short(one.commit)} was pushed to ${one.remote}, as ${one.branch}`;
    case 'location':
      return `The Location ${one.location} in ${fileUriToPath(one.file)} leads to ${fileUriToPath(one.target)} now`;
  }
}

/** JSON for programs, with paths instead of URIs. */
export function publishedJson(one: Published): object {
  return Object.fromEntries(
    Object.entries(one).map(([key, value]) => [
      key,
      ['folder', 'repository', 'file', 'target'].includes(key) ? fileUriToPath(value) : value,
    ]),
  );
}

function short(commit: string): string {
  return commit.slice(0, 8);
}

function actionIdsOf(entity: FoundTemplate['entity']): readonly string[] {
  const spec = entity['spec'];
  const steps = isRecord(spec) && Array.isArray(spec['steps']) ? spec['steps'] : [];
  return steps.flatMap(step => {
    const action: unknown = isRecord(step) ? step['action'] : undefined;
    return typeof action === 'string' ? [action] : [];
  });
}
