import { isRecord, withoutLinks } from '../../base';
import type { JsonObject } from '../../model';
import { isSafeUrl } from '../../model/presentation';

/** So many fit below a notification. */
const MOST_LINKS = 2;

/** What a run offers to look at, as buttons. */
export function linksOf({ links }: JsonObject): readonly { title: string; url: string }[] {
  return (Array.isArray(links) ? links : [])
    .flatMap(link => {
      const { title, url } = isRecord(link) ? link : {};
      return typeof title === 'string' && typeof url === 'string' && isSafeUrl(url)
        ? [{ title: withoutLinks(title), url }]
        : [];
    })
    .slice(0, MOST_LINKS);
}
