import type { ImportEvidence } from '../../../../api';
import { basenameUri, ownValue, relativePath } from '../../../../base';
import { apiTypes } from './evidence';
import { toLine } from './prose';

/** A discovered API definition. */
export interface FoundApi {
  readonly type: string;
  /** Names from the file's content or name, the preferred one first. */
  readonly names: readonly string[];
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Relative to the folder of the descriptor, as a URL. */
  readonly definition: string;
}

export interface FoundApis {
  readonly apis: readonly FoundApi[];
  /** Notes about omitted definitions. */
  readonly notes: readonly string[];
}

/** The maximum number of APIs in one descriptor. */
const MAX_APIS = 20;
/** The size of the start of a definition that is searched for title and version. */
const HEAD = 20_000;

/**
 * Reads the API definitions in a folder.
 *
 * @param read - returns the text of a file; undefined if it is unreadable or too large for the catalog
 */
export async function findApis(
  folder: string,
  evidence: readonly ImportEvidence[],
  read: (uri: string) => Promise<string | undefined>,
): Promise<FoundApis> {
  const apis: FoundApi[] = [];
  const notes: string[] = [];
  let leftOut = 0;
  for (const { type, uri } of evidence) {
    const path = apiTypes.has(type) ? relativePath(folder, uri) : undefined;
    if (path === undefined) continue;
    if (apis.length === MAX_APIS) {
      leftOut++;
      continue;
    }
    const text = await read(uri);
    if (text === undefined) {
      notes.push(`${path} was skipped: it can't be read or is too large`);
      continue;
    }
    const head = readHead(type, text, basenameUri(uri));
    if (head) {
      apis.push({ ...head, definition: `./${path.split('/').map(encodeURIComponent).join('/')}` });
    }
  }
  if (leftOut) notes.push(`${leftOut} more API definitions were skipped`);
  return { apis, notes };
}

/** Returns undefined if the content doesn't match the file name, as in a fragment that other definitions refer to. */
function readHead(
  type: string,
  text: string,
  fileName: string,
): Omit<FoundApi, 'definition'> | undefined {
  const head = text.slice(0, HEAD);
  const stem = fileName.replace(/\.[^.]+$/, '');
  if (type === 'grpc') {
    // A file without a service has messages for other files.
    const service = /^[ \t]*service[ \t]+(\w{1,200})[ \t]*\{/m.exec(text)?.[1];
    if (service === undefined) return undefined;
    return { type, names: [kebab(service)], title: undefined, description: undefined };
  }
  if (!ownValue(HEADS, type)?.test(head)) return undefined;
  const info = type === 'graphql' ? { title: undefined, description: undefined } : infoOf(head);
  return { type, names: [stem], ...info };
}

/** Patterns for the start of a definition, by type. */
const HEADS: Readonly<Record<string, RegExp>> = {
  openapi: /(^|[{,])\s{0,20}["']?(openapi|swagger)["']?[ \t]*:/m,
  asyncapi: /(^|[{,])\s{0,20}["']?asyncapi["']?[ \t]*:/m,
  graphql: /\b(type|schema|interface|input|enum|scalar|extend)\b/,
};

/** Finds `info.title` by pattern: parsing a large definition for one line would take long. */
function infoOf(head: string): { title: string | undefined; description: string | undefined } {
  const info = /(?:^|[{,])\s{0,20}["']?info["']?[ \t]*:([^]{0,2000})/m.exec(head)?.[1] ?? '';
  return { title: field(info, 'title'), description: field(info, 'summary') };
}

function field(info: string, name: string): string | undefined {
  // In a flow mapping, as in JSON, a value ends with its pair.
  const isFlow = /^\s*\{/.test(info);
  const match = new RegExp(
    `(?:^|[{,])\\s{0,20}["']?${name}["']?[ \\t]*:[ \\t]*(?:"((?:[^"\\\\\\n]|\\\\.){0,300})"|'([^'\\n]{0,300})'|([^"'{\\n|>][^\\n#${isFlow ? ',}' : ''}]{0,300}))`,
    'm',
  ).exec(info);
  const line = toLine(match?.slice(1).find(part => part !== undefined) ?? '');
  return line === '' ? undefined : line;
}

/** Converts `OrderService` to `order-service`. */
function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

/** Returns the name of a definition's folder, which distinguishes definitions of the same name. */
export function folderNameOf(definition: string): string | undefined {
  const parts = decodeURIComponent(definition).split('/').slice(1, -1);
  return parts.at(-1);
}
