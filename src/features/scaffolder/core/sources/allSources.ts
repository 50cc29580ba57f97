import { onDemand } from '../../../../base';
import type { TemplateSources } from './templateSources';

/** What lies beside a Template for addresses that are relative, and else what other hosts have. */
export class AllSources implements TemplateSources {
  readonly #local: TemplateSources;
  readonly #remote: () => Promise<TemplateSources>;

  /** @param loadRemote - called when something is to be fetched for the first time */
  constructor(local: TemplateSources, loadRemote: () => Promise<TemplateSources>) {
    this.#local = local;
    this.#remote = onDemand(loadRemote);
  }

  async readTree(
    ...request: Parameters<TemplateSources['readTree']>
  ): ReturnType<TemplateSources['readTree']> {
    return (await this.#for(request[0])).readTree(...request);
  }

  async readFile(
    ...request: Parameters<TemplateSources['readFile']>
  ): ReturnType<TemplateSources['readFile']> {
    return (await this.#for(request[0])).readFile(...request);
  }

  async #for(address: string): Promise<TemplateSources> {
    return isRemote(address) ? this.#remote() : this.#local;
  }
}

/** Whether an address is one of the web. */
export function isRemote(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
