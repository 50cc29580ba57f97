import { errorMessage } from '../../../../base';
import { type GitMirrorDraft, GitMirrorFailure } from '../../../../platform/core/ports';
import type { BringObjects, GitMirrorBlobs } from './gitMirrorBlobs';
import type { MirrorTree } from './gitMirrorTree';

/** What whoever completes a tree says against it: that is for whoever asked for it, and no fault of the copy. */
export class Objection extends Error {
  constructor(cause: unknown) {
    super(errorMessage(cause), { cause });
  }
}

/** @param fetch - has contents come */
export function draftOf(
  { files }: MirrorTree,
  blobs: GitMirrorBlobs,
  { fetch, signal }: { fetch: BringObjects; signal: AbortSignal },
): GitMirrorDraft {
  return {
    paths: () => files.keys(),
    contentId: path => files.get(path)?.oid,
    isLink: path => files.get(path)?.type === 'link',
    sizeOf(path) {
      const oid = files.get(path)?.oid;
      return oid === undefined ? undefined : blobs.sizeOf(oid);
    },
    async read(path) {
      const oid = files.get(path)?.oid;
      if (oid === undefined || blobs.sizeOf(oid) === undefined) return undefined;
      try {
        return await blobs.atHand.read(oid);
      } catch (error) {
        throw new GitMirrorFailure('failed', `${path}: ${errorMessage(error)}`, { cause: error });
      }
    },
    async bring(paths) {
      const oids = [...paths].flatMap(path => files.get(path)?.oid ?? []);
      await blobs.bring(oids, { fetch, signal });
    },
  };
}
