import type { ImportCandidate, ImportEvidence, ImportSearch } from '../../../../api';
import { basenameUri, dirnameUri, isWithin, relativePath } from '../../../../base';
import type { CatalogRoot } from '../../../catalog/core';
import { apiTypes, DESCRIPTOR, evidenceKinds, evidenceOf, isUnlikely } from './evidence';

/** The results of a search in a workspace folder. */
export interface WorkspaceFindings {
  readonly root: CatalogRoot;
  /** URIs. */
  readonly files: readonly string[];
  /** URIs of folders with a `.git`. */
  readonly repositories: readonly string[];
}

/** Refs of the described entities, by file URI. */
export type DescriptorFiles = ReadonlyMap<string, readonly string[]>;

/** Entities that don't describe the software in their folder. */
const NOT_SOFTWARE = /^(location|group|user|system|domain):/;

/**
 * Groups files into folders that look like components. Excludes folders with their own descriptor. Marks a folder as
 * covered if a descriptor above it may describe it, or one below that is nearer to no other candidate.
 */
export function findCandidates(
  findings: readonly WorkspaceFindings[],
  descriptors: DescriptorFiles,
): ImportSearch {
  const candidates: ImportCandidate[] = [];
  let described = 0;
  const hasManyRoots = findings.length > 1;
  for (const found of findings) {
    const folders = evidenceByFolder(found);
    const describing = descriptorsByFolder(found, descriptors);
    const below = describedFromBelow(folders, describing);
    const parents = new Set(
      [...folders.keys()].map(folder => folderAbove(folder, folders, found.root.uri)),
    );
    for (const [folder, evidence] of folders) {
      if (describing.own.has(folder)) {
        described++;
        continue;
      }
      const coveredBy = coveringAbove(folder, describing.software, found) ?? below.get(folder);
      const path = relativePath(found.root.uri, folder) ?? '';
      const inFolder = path === '' ? '.' : path;
      candidates.push({
        folder,
        path: hasManyRoots ? [found.root.name, path].filter(Boolean).join('/') : inFolder,
        evidence: inOrder(evidence),
        coveredBy,
        isSuggested: coveredBy === undefined && !isUnlikely(path) && !parents.has(folder),
      });
    }
  }
  candidates.sort((a, b) => (a.folder < b.folder ? -1 : 1));
  return { candidates, described };
}

function evidenceByFolder({
  root,
  files,
  repositories,
}: WorkspaceFindings): Map<string, ImportEvidence[]> {
  const folders = new Map<string, ImportEvidence[]>();
  const add = (folder: string, evidence: ImportEvidence): void => {
    const others = folders.get(folder);
    if (others) others.push(evidence);
    else folders.set(folder, [evidence]);
  };
  const signs: ImportEvidence[] = [];
  for (const uri of [...files].sort()) {
    const kind = evidenceOf(basenameUri(uri));
    if (!kind) continue;
    if (kind.isManifest) add(dirnameUri(uri), { type: kind.type, uri });
    else signs.push({ type: kind.type, uri });
  }
  const software = new Set(folders.keys());
  for (const uri of repositories) add(uri, { type: 'git', uri });
  // Outermost first, definitions of APIs last, so that each finds the folder that it belongs to.
  const isApi = ({ type }: ImportEvidence): number => Number(apiTypes.has(type));
  signs.sort((a, b) => isApi(a) - isApi(b) || depth(a.uri) - depth(b.uri));
  for (const sign of signs) {
    const own = dirnameUri(sign.uri);
    const owners = isApi(sign) || AUXILIARY.test(basenameUri(own)) ? folders : software;
    const folder = folders.has(own) ? own : (folderAbove(own, owners, root.uri) ?? own);
    add(folder, sign);
    if (!isApi(sign)) software.add(folder);
  }
  return folders;
}

/** Folders for building and running a component, which aren't components themselves. */
const AUXILIARY = /^\.?(docker|deploy|deployment|build|ci|devcontainer|docs?|infra|ops|k8s)$/i;

function depth(uri: string): number {
  return uri.split('/').length;
}

function folderAbove(
  folder: string,
  folders: { has(folder: string): boolean },
  top: string,
): string | undefined {
  let current = folder;
  while (current !== top && isWithin(top, current)) {
    current = dirnameUri(current);
    if (folders.has(current)) return current;
  }
  return undefined;
}

interface DescribingFolders {
  /** Folders with a `catalog-info.yaml`, or with a file that describes software. */
  readonly own: ReadonlySet<string>;
  /** The file that describes software, by folder. */
  readonly software: ReadonlyMap<string, string>;
}

function descriptorsByFolder(
  { root, files }: WorkspaceFindings,
  descriptors: DescriptorFiles,
): DescribingFolders {
  const own = new Set<string>();
  const software = new Map<string, string>();
  for (const uri of files) if (DESCRIPTOR.test(basenameUri(uri))) own.add(dirnameUri(uri));
  for (const [uri, refs] of descriptors) {
    if (!isWithin(root.uri, uri)) continue;
    if (!refs.some(ref => !NOT_SOFTWARE.test(ref))) continue;
    own.add(dirnameUri(uri));
    software.set(dirnameUri(uri), uri);
  }
  return { own, software };
}

/** Searches up to the repository's root: a file doesn't describe folders of other repositories. */
function coveringAbove(
  folder: string,
  software: ReadonlyMap<string, string>,
  { root, repositories }: WorkspaceFindings,
): string | undefined {
  const tops = new Set([root.uri, ...repositories]);
  let current = folder;
  while (!tops.has(current)) {
    current = dirnameUri(current);
    const file = software.get(current);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** Finds descriptors below a candidate: `services/a/.backstage/component.yaml` describes `services/a`. */
function describedFromBelow(
  folders: ReadonlyMap<string, unknown>,
  { own, software }: DescribingFolders,
): ReadonlyMap<string, string> {
  const covered = new Map<string, string>();
  for (const [folder, uri] of software) {
    if (folders.has(folder)) continue;
    // The catalog of an organization in its own folder doesn't describe the folder around it.
    const parent = dirnameUri(folder);
    if (folders.has(parent) && !own.has(parent) && !covered.has(parent)) covered.set(parent, uri);
  }
  return covered;
}

function inOrder(evidence: readonly ImportEvidence[]): readonly ImportEvidence[] {
  const rank = (type: string): number => {
    const index = evidenceKinds.findIndex(kind => kind.type === type);
    return index < 0 ? evidenceKinds.length : index;
  };
  return [...evidence].sort((a, b) => rank(a.type) - rank(b.type) || (a.uri < b.uri ? -1 : 1));
}
