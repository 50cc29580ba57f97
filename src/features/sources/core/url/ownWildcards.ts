import { onDemand } from '../../../../base';
import type { RemoteRepository } from '../../../scm/core/forgeFiles';
import type { ScmIntegrations } from '../../../scm/core/urlReaders';
import type { Traffic } from '../types';
import type { UrlCopy } from './urlCopy';
import { repositoryOf } from './urlRequests';
import type { LoadWildcards, WildcardRound } from './wildcards/wildcards';

/** Undefined where there is no git. */
export type LoadWildcardRound = () => Promise<WildcardRound | undefined>;

/** What one copy has of the repositories that addresses with wildcards are of. */
export class OwnWildcards {
  readonly #load: LoadWildcards | undefined;
  readonly #owner: string;
  #isUsed = false;

  /**
   * @param load - undefined where there is no git
   * @param owner - the same at each start
   */
  constructor(load: LoadWildcards | undefined, owner: string) {
    this.#load = load;
    this.#owner = owner;
  }

  /** For one fetch; undefined where git is never asked. */
  round(signal: AbortSignal, traffic: Traffic): LoadWildcardRound | undefined {
    const load = this.#load;
    if (!load) return undefined;
    return onDemand(async () => {
      this.#isUsed = true;
      return (await load())?.round({ owner: this.#owner, signal, traffic });
    });
  }

  /** Has all be kept that a copy of an earlier run was made of. */
  async hold(copy: UrlCopy, integrations: ScmIntegrations): Promise<void> {
    const repositories = repositoriesOf(copy, integrations);
    if (!repositories.length || !this.#load) return;
    this.#isUsed = true;
    (await this.#load())?.hold(this.#owner, repositories);
  }

  /** Has nothing be kept but what a copy is made of. */
  async keep(copy: UrlCopy, integrations: ScmIntegrations): Promise<void> {
    if (!this.#isUsed) return;
    await (await this.#load?.())?.keep(this.#owner, repositoriesOf(copy, integrations));
  }

  /** Leaves what is kept to whoever comes after. */
  dispose(): void {
    if (this.#isUsed) void this.#load?.().then(wildcards => wildcards?.release(this.#owner));
  }
}

function repositoriesOf(copy: UrlCopy, integrations: ScmIntegrations): readonly RemoteRepository[] {
  return [...copy].flatMap(([url, { isPattern }]) =>
    isPattern ? (repositoryOf(url, integrations) ?? []) : [],
  );
}
