import type { ImportEvidence } from '../../../../api';
import { basenameUri, ownValue, relativePath } from '../../../../base';
import { apiTypes } from './evidence';
import { toLine } from './prose';

/** A definition that was found and looked into. */
export interface FoundApi {
  readonly type: string;
  /** Of the file's content or name, in the order of preference. */
  readonly names: readonly string[];
  readonly title: string | undefined;
  readonly description: string | undefined;
  /** Relative to the folder of the descriptor, as a URL. */
  readonly definition: string;
}

export interface FoundApis {
  readonly apis: readonly FoundApi[];
  /** Sentences about definitions that were left out. */
  readonly notes: readonly string[];
}

/** More than anybody would describe in one file. */
const MAX_APIS = 20;
/** How far into a definition its title and version are looked for. */
const HEAD = 20_000;

/**
 * Looks into the definitions of APIs in a folder.
 *
 * @param read - the text of a file; undefined where it is too large for the catalog, or unreadable
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
      notes.push(`${path} was left out: it cannot be read, or is larger than the catalog reads`);
      continue;
    }
    const head = readHead(type, text, basenameUri(uri));
    if (head) {
      apis.push({ ...head, definition: `./${path.split('/').map(encodeURIComponent).join('/')}` });
    }
  }
  if (leftOut) notes.push(`${leftOut} more definitions of APIs were left out`);
  return { apis, notes };
}

/** Undefined where the content is not what the name promises, as a part that others refer to. */
function readHead(
  type: string,
  text: string,
  fileName: string,
): Omit<FoundApi, 'definition'> | undefined {
  const head = text.slice(0, HEAD);
  const stem = fileName.replace(/\.[^.]+$/, '');
  if (type === 'grpc') {
    // Without a service, a file holds messages that other files use.
    const service = /^[ \t]*service[ \t]+(\w{1,200})[ \t]*\{/m.exec(text)?.[1];
    if (service === undefined) return undefined;
    return { type, names: [kebab(service)], title: undefined, description: undefined };
  }
  if (!ownValue(HEADS, type)?.test(head)) return undefined;
  const info = type === 'graphql' ? { title: undefined, description: undefined } : infoOf(head);
  return { type, names: [stem], ...info };
}

/** Patterns of what a definition of a type begins with. */
const HEADS: Readonly<Record<string, RegExp>> = {
  openapi: /(^|[{,])\s{0,20}["']?(openapi|swagger)["']?[ \t]*:/m,
  asyncapi: /(^|[{,])\s{0,20}["']?asyncapi["']?[ \t]*:/m,
  graphql: /\b(type|schema|interface|input|enum|scalar|extend)\b/,
};

/** `info.title`, by the looks of it: parsing a large definition for one line would take long. */
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

/** `OrderService` becomes `order-service`. */
function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

/** The folder's name that tells one definition from another of the same name. */
export function folderNameOf(definition: string): string | undefined {
  const parts = decodeURIComponent(definition).split('/').slice(1, -1);
  return parts.at(-1);
}
