import { parseUri } from '../base';

/** Where the entity comes from: the location ref that the catalog last read it from. */
export const ANNOTATION_LOCATION = 'backstage.io/managed-by-location';
/** The location ref that was registered first and led, by way of others, to the entity. */
export const ANNOTATION_ORIGIN_LOCATION = 'backstage.io/managed-by-origin-location';
/** The location ref of the entity's source code; a folder ends with `/`. */
export const ANNOTATION_SOURCE_LOCATION = 'backstage.io/source-location';
/** A page that shows the descriptor. */
export const ANNOTATION_VIEW_URL = 'backstage.io/view-url';
/** A page that edits the descriptor. */
export const ANNOTATION_EDIT_URL = 'backstage.io/edit-url';
/** `'true'` on an entity that no location leads to any more. */
export const ANNOTATION_ORPHAN = 'backstage.io/orphan';

/** A place that entities are read from, such as type `file` with the path, or `url`. */
export interface LocationRef {
  readonly type: string;
  readonly target: string;
}

/**
 * Parses `<type>:<target>`.
 * Source: `packages/catalog-model/src/location/helpers.ts`, messages included.
 *
 * @throws TypeError for what has no type or target, for a bare web address, and for a target that
 *   a browser would run as a script.
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
 * The inverse of {@link parseLocationRef}.
 *
 * @throws TypeError for an empty type or target, and for a target that a browser would run.
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
 * Whether a browser takes the text for a `javascript:` URL: it drops leading control characters and
 * blanks, and line breaks and tabs anywhere in the scheme.
 */
export function isScriptUrl(text: string): boolean {
  let start = 0;
  while (start < text.length && text.charCodeAt(start) <= 0x20) start++;
  return /^javascript:/i.test(text.slice(start).replace(/[\r\n\t]/g, ''));
}

/** The location of a file (a URI): its path for `file:`, and the URI itself for all others. */
export function locationOfFile(uri: string): LocationRef {
  const { scheme, authority, path } = parseUri(uri);
  if (scheme !== 'file') return { type: 'url', target: uri };
  const isDrive = /^\/[A-Za-z]:/.test(path);
  return {
    type: 'file',
    target: authority ? `//${authority}${path}` : isDrive ? path.slice(1) : path,
  };
}
