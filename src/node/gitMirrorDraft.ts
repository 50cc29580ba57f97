import type { GitMirrorDraft } from '../core/ports';
import type { BringObjects, GitMirrorBlobs } from './gitMirrorBlobs';
import type { MirrorTree } from './gitMirrorTree';

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
    async read(path) {
      const oid = files.get(path)?.oid;
      if (oid === undefined || blobs.sizeOf(oid) === undefined) return undefined;
      return blobs.atHand.read(oid);
    },
    async bring(paths) {
      const oids = [...paths].flatMap(path => files.get(path)?.oid ?? []);
      await blobs.bring(oids, { fetch, signal });
    },
  };
}
