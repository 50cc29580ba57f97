import { withoutTrailing } from '../../../../../base';
import {
  configAt,
  type ConfigNode,
  configText,
  integrationEntries,
} from '../../../../appConfig/core';
import type { AddressesOfHosts, IntegrationAddresses } from '../../../../scm/core/urlReaders';

const NAMES = ['apiBaseUrl', 'baseUrl', 'rawBaseUrl', 'gitilesBaseUrl'] as const;

/**
 * Returns the addresses that `integrations` of a config set. Addresses that aren't web addresses are left out.
 *
 * Source: the `config` files of `packages/integration`.
 *
 * @param integrations - the value of `integrations`
 */
export function readIntegrationAddresses(integrations: ConfigNode | undefined): AddressesOfHosts {
  const hosts = new Map<string, IntegrationAddresses>();
  for (const { host, entry } of integrationEntries(integrations)) {
    if (hosts.has(host)) continue;
    const texts = NAMES.flatMap(name => {
      const text = withoutTrailing(configText(configAt(entry, name)) ?? '', '/');
      return isWebAddress(text) ? [[name, text] as const] : [];
    });
    const flag = configAt(entry, 'disableEditUrl');
    const isEditDisabled = flag?.type === 'scalar' && flag.value === true;
    hosts.set(host, { ...Object.fromEntries(texts), ...(isEditDisabled && { isEditDisabled }) });
  }
  return hosts;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
