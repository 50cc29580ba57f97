import type { StreamingHttpClient } from '../../core/ports';
import { loadOutputs } from '../../node';

/**
 * Creates an HTTP client that contacts loopback and link-local addresses only if the user named them. VS Code routes
 * its requests through the configured proxy and adds its certificates.
 */
export async function openHttp(isNamed: (host: string) => boolean): Promise<StreamingHttpClient> {
  const { GuardedHttpClient } = await loadOutputs();
  return new GuardedHttpClient({ isNamed });
}
