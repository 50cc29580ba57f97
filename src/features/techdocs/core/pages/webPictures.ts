import { ownValue, type Translate } from '../../../../base';
import type { DocsPictureState } from './docsView';

/**
 * Host in the setting: a host with an optional port, all subdomains (`*.example.com`), or all hosts
 * (`*`).
 */
const HOST = /^(?:\*|(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]{1,5})?)$/;

/** Returns the valid hosts of the setting. */
export function readPictureHosts(setting: unknown): readonly string[] {
  if (!Array.isArray(setting)) return [];
  return setting
    .filter(item => typeof item === 'string')
    .map(host => host.trim().toLowerCase())
    .filter(host => HOST.test(host));
}

/** Returns the hosts as sources for a content security policy. */
export function picturePolicy(hosts: readonly string[]): readonly string[] {
  return hosts.map(host => (host === '*' ? 'https:' : `https://${host}`));
}

/** Returns the `https` address of an image on the web; undefined for other addresses. */
function webPicture(source: string): URL | undefined {
  const address = source.startsWith('//') ? `https:${source}` : source;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  url.protocol = 'https:';
  return url;
}

/** Whether an address is on one of the hosts. */
function isAmongHosts({ host }: URL, hosts: readonly string[]): boolean {
  return hosts.some(
    known =>
      known === '*' || known === host || (known.startsWith('*.') && host.endsWith(known.slice(1))),
  );
}

/** Resolves an image on the web, if its host is allowed. */
export function webPictureOf(
  source: string,
  {
    pictureHosts,
    translate,
  }: {
    /** Returns the hosts that images may be loaded from. */
    readonly pictureHosts: () => readonly string[];
    readonly translate: Translate;
  },
): Exclude<DocsPictureState, { readonly type: 'picture' }> {
  const url = webPicture(source);
  if (!url) return { type: 'broken', reason: translate("Addresses of this type can't be opened.") };
  if (isAmongHosts(url, pictureHosts())) return { type: 'web', url: url.href };
  const setting = 'callboard.docs.imageHosts';
  const reason = translate("Not loaded: {1} isn't in the setting {0}.", setting, url.host);
  return { type: 'broken', reason };
}

/** Media types of images that browsers show, by file extension. */
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

/** Returns the media type for a file name; undefined if it isn't an image. */
export function pictureType(name: string): string | undefined {
  const end = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return ownValue(types, end);
}
