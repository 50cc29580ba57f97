/**
 * Returns the proxy for an address, from the variables that curl and git read: `HTTPS_PROXY` and `HTTP_PROXY`, else
 * `ALL_PROXY`, except for the hosts in `NO_PROXY`: names that include their subdomains, with or without a port, and
 * `*`.
 *
 * @returns the http or https address of the proxy; undefined for a direct connection
 */
export function environmentProxy(
  environment: Readonly<Record<string, string | undefined>>,
): (url: string) => string | undefined {
  // As in curl, lowercase wins. In CGI, a request header `Proxy` sets the uppercase `HTTP_PROXY`.
  const read = (name: string): string | undefined =>
    environment[name]?.trim() || environment[name.toUpperCase()]?.trim() || undefined;
  const excepted = (read('no_proxy') ?? '').split(/[\s,]+/).filter(entry => entry !== '');
  return address => {
    const url = new URL(address);
    if (excepted.some(entry => matchesUrl(entry, url))) return undefined;
    const written = read(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
    const proxy = written ?? read('all_proxy');
    if (proxy === undefined) return undefined;
    const named = proxy.includes('://') ? proxy : `http://${proxy}`;
    return URL.canParse(named) && /^https?:/.test(named) ? named : undefined;
  };
}

function matchesUrl(entry: string, { hostname, port, protocol }: URL): boolean {
  if (entry === '*') return true;
  const [, name = '', only] = /^(\[[^\]]*\]|[^:]*|.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (only !== undefined && only !== (port || (protocol === 'https:' ? '443' : '80'))) return false;
  const ending = name.replace(/^\*?\./, '');
  return ending !== '' && (hostname === ending || hostname.endsWith(`.${ending}`));
}
