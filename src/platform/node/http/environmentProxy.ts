/**
 * Which proxy leads to an address, by the variables that curl and git read: `HTTPS_PROXY` and `HTTP_PROXY`, else
 * `ALL_PROXY`, but for the hosts of `NO_PROXY`: names with all below them, with a port or without, and `*`.
 *
 * @returns the address of a proxy of http or https; undefined: none
 */
export function environmentProxy(
  environment: Readonly<Record<string, string | undefined>>,
): (url: string) => string | undefined {
  // As curl does, lower case comes first. `HTTP_PROXY` in upper case is what a request with a header `Proxy` sets in CGI.
  const read = (name: string): string | undefined =>
    environment[name]?.trim() || environment[name.toUpperCase()]?.trim() || undefined;
  const excepted = (read('no_proxy') ?? '').split(/[\s,]+/).filter(entry => entry !== '');
  return address => {
    const url = new URL(address);
    if (excepted.some(entry => isMeant(entry, url))) return undefined;
    const written = read(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
    const proxy = written ?? read('all_proxy');
    if (proxy === undefined) return undefined;
    const named = proxy.includes('://') ? proxy : `http://${proxy}`;
    return URL.canParse(named) && /^https?:/.test(named) ? named : undefined;
  };
}

function isMeant(entry: string, { hostname, port, protocol }: URL): boolean {
  if (entry === '*') return true;
  const [, name = '', only] = /^(\[[^\]]*\]|[^:]*|.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (only !== undefined && only !== (port || (protocol === 'https:' ? '443' : '80'))) return false;
  const ending = name.replace(/^\*?\./, '');
  return ending !== '' && (hostname === ending || hostname.endsWith(`.${ending}`));
}
