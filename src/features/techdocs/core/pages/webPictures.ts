import type { Translate } from '../../../../base';
import type { DocsPictureState } from './docsView';
import { isAmongHosts, webPicture } from './pictureHosts';

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
