import { ownValue, type Translate } from '../../../../base';
import type { DocsPictureState } from './docsView';

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
function webPicture(source: string): URL | undefined {
  const address = source.startsWith('//') ? `https:${source}` : source;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  url.protocol = 'https:';
  return url;
}

/** Whether hosts as the setting names them hold that of an address. */
function isAmongHosts({ host }: URL, hosts: readonly string[]): boolean {
  return hosts.some(
    known =>
      known === '*' || known === host || (known.startsWith('*.') && host.endsWith(known.slice(1))),
  );
}

/** A picture that is named by an address of the web, if it may be loaded from there. */
export function webPictureOf(
  source: string,
  {
    pictureHosts,
    translate,
  }: {
    /** Hosts of the web that pictures may be loaded from. */
    readonly pictureHosts: () => readonly string[];
    readonly translate: Translate;
  },
): Exclude<DocsPictureState, { readonly type: 'picture' }> {
  const url = webPicture(source);
  if (!url) return { type: 'broken', reason: translate('Addresses of this kind are not opened.') };
  if (isAmongHosts(url, pictureHosts())) return { type: 'web', url: url.href };
  const setting = 'callboard.docs.imageHosts';
  const reason = translate('Not loaded: the setting {0} does not name {1}.', setting, url.host);
  return { type: 'broken', reason };
}

/** Media types of pictures that a browser shows, by the end of their names. */
const types: Readonly<Record<string, string>> = {
  apng: 'image/apng',
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};

/** Undefined for what is no picture by its name. */
export function pictureType(name: string): string | undefined {
  const end = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return ownValue(types, end);
}
