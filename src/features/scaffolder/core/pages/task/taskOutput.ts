import MarkdownIt from 'markdown-it';
import { isRecord } from '../../../../../base';
import {
  type JsonObject,
  type JsonValue,
  readEntityRef,
  stringifyEntityRef,
} from '../../../../../model';
import { isSafeUrl } from '../../../../../model/presentation';
import type { TaskLink, TaskText } from './taskView';

/** A Template may give as many as it likes. */
const MOST = 50;
/** Longer texts are shown to their beginning: all of it is made into HTML at once. */
const MAX_TEXT = 20_000;

/** Source: `LinkOutputs` of `@backstage/plugin-scaffolder-react`. */
export function linksOf({ links }: JsonObject): readonly TaskLink[] {
  return recordsIn(links).flatMap(({ title, url, entityRef }): readonly TaskLink[] => {
    const name = typeof title === 'string' && title !== '' ? title : undefined;
    if (typeof entityRef === 'string' && entityRef !== '') {
      const ref = readEntityRef(entityRef);
      if (!ref.ok) return [];
      const full = stringifyEntityRef(ref.value);
      return [{ title: name ?? full, target: { type: 'entity', entityRef: full } }];
    }
    if (typeof url !== 'string' || !isSafeUrl(url)) return [];
    return [{ title: name ?? url, target: { type: 'url', url } }];
  });
}

/** Source: `TextOutputs` of `@backstage/plugin-scaffolder-react`, which shows Markdown. */
export function textsOf({ text }: JsonObject): readonly TaskText[] {
  return recordsIn(text).flatMap(({ title, content }) =>
    typeof content === 'string'
      ? [
          {
            title: typeof title === 'string' && title !== '' ? title : undefined,
            html: markdown.render(content.slice(0, MAX_TEXT)),
          },
        ]
      : [],
  );
}

const markdown = new MarkdownIt({ html: false, linkify: true });
markdown.linkify.set({ fuzzyLink: true });

function recordsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return (Array.isArray(value) ? value : []).filter(item => isRecord(item)).slice(0, MOST);
}
