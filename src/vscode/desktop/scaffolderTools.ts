import type { HttpClient } from '../../core/ports';
import { loadOutputs } from '../../node';

export { VsCodeScaffolder } from '../scaffolder/vsCodeScaffolder';
export { openOutput } from './docsTools';

export async function openHttp(isNamed: (host: string) => boolean): Promise<HttpClient> {
  const { GuardedHttpClient } = await loadOutputs();
  return new GuardedHttpClient({ isNamed });
}

/** For hosts that the user is let in to. */
export const http: HttpClient = {
  async send(request) {
    const { NodeHttpClient } = await loadOutputs();
    return new NodeHttpClient().send(request);
  },
};
