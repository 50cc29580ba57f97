import type { ScaffolderAction } from '../../../api';
import { backstageActions } from '../../templates';
import { backstageSchema } from '../actions/backstageSchema';
import { dryRuns } from '../actions/dryRuns';
import { textInput } from '../actions/inputs';
import { addressesOf, localActions } from '../actions/localActions';
import { parseRepoUrl, type RepoHosts, type RepoSpec } from '../rendering/repoUrl';
import { exampleOutput } from '../task/exampleOutput';
import { publishKind } from './publishPlace';

/** What publishes where a run is only tried: it notes what hosts would be asked for, and asks nobody. */
export class Rehearsal {
  readonly actions: readonly ScaffolderAction[];
  readonly #targets = new Set<string>();

  constructor(hosts: RepoHosts) {
    const own = dryRuns(hosts);
    const local = localActions(hosts);
    const ids = new Set(backstageActions.ids().filter(id => publishKind(id) !== undefined));
    const publishing = [...ids].map((id): ScaffolderAction => {
      const action = backstageSchema(id);
      const here = local.find(other => other.id === id);
      const pretend = own[id];
      return {
        ...action,
        supportsDryRun: true,
        handler: async context => {
          const repository = parseRepoUrl(textInput(context.input, 'repoUrl') ?? '', hosts);
          this.#targets.add(publishTarget(repository, hosts));
          if (here) return here.handler(context);
          if (pretend) return pretend(context);
          for (const [name, value] of Object.entries(exampleOutput(action.schema?.output))) {
            context.output(name, value);
          }
        },
      };
    });
    this.actions = [...local.filter(({ id }) => !ids.has(id)), ...publishing];
  }

  /** The repositories that something is made in, as {@link publishTarget} names them. */
  get targets(): ReadonlySet<string> {
    return this.#targets;
  }
}

/** A repository as people name it, with its host: `github.com/acme/shop`. */
export function publishTarget(repository: RepoSpec, hosts: RepoHosts): string {
  const type = hosts.get(repository.host);
  const { remoteUrl } = addressesOf(repository, { type, branch: '' });
  return remoteUrl.replace(/^https:\/\//, '').replace(/\.git$/, '');
}
