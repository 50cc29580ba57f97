/** What a setting may name: a host, with or without a port; all hosts below one (`*.example.com`); or all (`*`). */
const HOST = /^(?:\*|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]{1,5})?)$/;

/** The hosts that a setting names; what is no host is left out. */
export function readPictureHosts(setting: unknown): readonly string[] {
  if (!Array.isArray(setting)) return [];
  return setting
    .filter(item => typeof item === 'string')
    .map(host => host.trim().toLowerCase())
    .filter(host => HOST.test(host));
}

/** The same for the policy of a page: what it may load pictures from. */
export function picturePolicy(hosts: readonly string[]): readonly string[] {
  return hosts.map(host => (host === '*' ? 'https:' : `https://${host}`));
}

/** The address of a picture of the web, which is loaded by `https` alone; undefined for none. */
export function webPicture(source: string): URL | undefined {
  const address = source.startsWith('//') ? `https:${source}` : source;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  url.protocol = 'https:';
  return url;
}

/** Whether hosts as the setting names them hold that of an address. */
export function isAmongHosts({ host }: URL, hosts: readonly string[]): boolean {
  return hosts.some(
    known =>
      known === '*' || known === host || (known.startsWith('*.') && host.endsWith(known.slice(1))),
  );
}
