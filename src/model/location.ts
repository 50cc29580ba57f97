import { parseUri } from '../base';

/** Location ref that the catalog last read the entity from. */
export const ANNOTATION_LOCATION = 'backstage.io/managed-by-location';
/** Location ref that was registered and led, directly or through others, to the entity. */
export const ANNOTATION_ORIGIN_LOCATION = 'backstage.io/managed-by-origin-location';
/** Location ref of the entity's source code; a folder ends with `/`. */
export const ANNOTATION_SOURCE_LOCATION = 'backstage.io/source-location';
/** URL of a page that shows the descriptor. */
export const ANNOTATION_VIEW_URL = 'backstage.io/view-url';
/** URL of a page that edits the descriptor. */
export const ANNOTATION_EDIT_URL = 'backstage.io/edit-url';
/** `'true'` on an entity that no location leads to any more. */
export const ANNOTATION_ORPHAN = 'backstage.io/orphan';

/** A place that entities are read from, such as type `file` with a path, or `url`. */
export interface LocationRef {
  readonly type: string;
  readonly target: string;
}

/**
 * Parses `<type>:<target>`.
 * Source: `packages/catalog-model/src/location/helpers.ts`, messages included.
 *
 * @throws TypeError if type or target is missing, for a plain web address, and for a `javascript:`
 * target
 */
export function parseLocationRef(ref: string): LocationRef {
  if (typeof ref !== 'string') {
    throw new TypeError(
      `Unable to parse location ref '${String(ref)}', unexpected argument ${typeof ref}`,
    );
  }
  const colon = ref.indexOf(':');
  const type = ref.slice(0, Math.max(colon, 0)).trim();
  const target = ref.slice(colon + 1).trim();
  if (colon < 0 || !type || !target) {
    throw new TypeError(
      `Unable to parse location ref '${ref}', expected '<type>:<target>', e.g. 'url:https://host/path'`,
    );
  }
  if (type === 'http' || type === 'https') {
    throw new TypeError(
      `Invalid location ref '${ref}', please prefix it with 'url:', e.g. 'url:${ref}'`,
    );
  }
  if (isScriptUrl(target)) {
    throw new TypeError(`Invalid location ref '${ref}', target is a javascript: URL`);
  }
  return { type, target };
}

/**
 * Formats a location ref; the inverse of {@link parseLocationRef}.
 *
 * @throws TypeError for an empty type or target, and for a `javascript:` target
 */
export function stringifyLocationRef({ type, target }: LocationRef): string {
  if (!type) throw new TypeError('Unable to stringify location ref, empty type');
  if (!target) throw new TypeError('Unable to stringify location ref, empty target');
  if (isScriptUrl(target)) {
    throw new TypeError(`Invalid location ref '${type}:${target}', target is a javascript: URL`);
  }
  return `${type}:${target}`;
}

/**
 * Whether a browser treats the text as a `javascript:` URL: it ignores leading control characters
 * and blanks, and line breaks and tabs anywhere in the scheme.
 */
export function isScriptUrl(text: string): boolean {
  let start = 0;
  while (start < text.length && text.charCodeAt(start) <= 0x20) start++;
  return /^javascript:/i.test(text.slice(start).replace(/[\r\n\t]/g, ''));
}

/** Returns the location of a file URI: its path for `file:`, and the URI itself for other schemes. */
export function locationOfFile(uri: string): LocationRef {
  const { scheme, authority, path } = parseUri(uri);
  if (scheme !== 'file') return { type: 'url', target: uri };
  const isDrive = /^\/[A-Za-z]:/.test(path);
  return {
    type: 'file',
    target: authority ? `//${authority}${path}` : isDrive ? path.slice(1) : path,
  };
}
