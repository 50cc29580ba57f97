import { joinUri, relativePath } from '../../../../base';
import { readWithin } from '../../../../platform/core/files';
import type { FileSystem } from '../../../../platform/core/ports';
import { type Codeowners, hasSections, parseCodeowners } from './codeowners';
import type { CodeownersDialect } from './pathPattern';

/** The CODEOWNERS file of a repository. Plain data: it crosses process lines. */
export interface CodeownersFile extends Codeowners {
  /** URI of the file. */
  readonly uri: string;
  /** URI of the folder that its paths are relative to. */
  readonly root: string;
}

/** Where each host looks, in its order; the first that exists counts. */
const PLACES: Readonly<Record<CodeownersDialect, readonly string[]>> = {
  github: ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'],
  gitlab: ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS', '.github/CODEOWNERS'],
};

/** GitHub does not load a larger one. In bytes. */
const MAX_SIZE = 3 * 1024 * 1024;

/** URIs of all files that could be the CODEOWNERS file of a repository. */
export function codeownersUris(root: string): readonly string[] {
  return PLACES.github.map(place => joinUri(root, place));
}

/**
 * Reads the CODEOWNERS file of a repository; undefined where there is none that can be read.
 *
 * @param root - URI of the repository, or of a workspace folder outside of any
 * @param host - the web address of the repository's remote, which tells GitLab from the others
 */
export async function readCodeownersFile(
  root: string,
  { fileSystem, host }: { fileSystem: FileSystem; host: string | undefined },
): Promise<CodeownersFile | undefined> {
  const isGitLab = /^https:\/\/(?:[^/]+\.)?gitlab\./.test(host ?? '');
  for (const place of PLACES[isGitLab ? 'gitlab' : 'github']) {
    const uri = joinUri(root, place);
    const read = await readWithin(fileSystem, { uri, boundary: root, maxSize: MAX_SIZE });
    // As good as none: what the catalog makes of a missing owner is said at the entity.
    if (read.type !== 'text') continue;
    const { text } = read;
    const dialect =
      isGitLab || place.startsWith('.gitlab/') || (host === undefined && hasSections(text))
        ? 'gitlab'
        : 'github';
    return { uri, root, ...parseCodeowners(text, dialect) };
  }
  return undefined;
}

/** The path of a file as the rules of a CODEOWNERS file see it. */
export function pathFor({ root }: CodeownersFile, uri: string): string | undefined {
  return relativePath(root, uri);
}
