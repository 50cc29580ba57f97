import { isRecord } from '../../../../base';
import type { JsonObject } from '../../../../model';
import { isSafeUrl } from '../../../../model/presentation';
import { withoutLinks } from '../../../../platform/core';

/** Maximum number of buttons in a notification. */
const MOST_LINKS = 2;
const LONGEST_TITLE = 60;

/** Links of a run, for buttons. */
export function linksOf({ links }: JsonObject): readonly { title: string; url: string }[] {
  return (Array.isArray(links) ? links : [])
    .flatMap(link => {
      const { title, url } = isRecord(link) ? link : {};
      const name = typeof title === 'string' ? shortTitle(title) : '';
      return name !== '' && typeof url === 'string' && isSafeUrl(url)
        ? [{ title: withoutLinks(name), url }]
        : [];
    })
    .slice(0, MOST_LINKS);
}

/** Shortens a title for a button, because templates don't limit titles. */
function shortTitle(title: string): string {
  const line = title.slice(0, 10 * LONGEST_TITLE).replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
  const shown = line.trim();
  return shown.length > LONGEST_TITLE ? `${shown.slice(0, LONGEST_TITLE)}…` : shown;
}
