import type { MissingTargets } from '../../../../api';
import type { Entity } from '../../../../model';
import { hasDocs, TECHDOCS_ENTITY } from '../../../../model/presentation';
import type { CommittedGraph } from '../graph/entityGraph';
import type { FileLookup } from '../workspace/files/orderedFiles';

interface MissingTargetsDeps {
  readonly graph: CommittedGraph;
  readonly files: Pick<FileLookup, 'values'>;
  readonly isPartial: (file: string) => boolean;
  readonly getEntity: (ref: string) => Entity | undefined;
}

/** Finds the entities whose owner or docs don't exist. */
export function findMissingTargets(deps: MissingTargetsDeps): MissingTargets {
  return { owner: refsWithMissingOwner(deps), docs: refsWithMissingDocs(deps) };
}

function refsWithMissingOwner({ graph, isPartial }: MissingTargetsDeps): ReadonlySet<string> {
  const refs = new Set<string>();
  for (const ref of graph.refsWithDanglingReferences()) {
    const record = graph.winner(ref);
    const file = record?.source?.file;
    if (!record || (file !== undefined && isPartial(file))) continue;
    const owners = graph.relations(ref).filter(({ type }) => type === 'ownedBy');
    if (owners.length && owners.every(({ targetRef }) => !graph.has(targetRef))) refs.add(ref);
  }
  return refs;
}

function refsWithMissingDocs(deps: MissingTargetsDeps): ReadonlySet<string> {
  const { graph, files, isPartial, getEntity } = deps;
  const refs = new Set<string>();
  const shared: { readonly ref: string; readonly from: string }[] = [];
  for (const { uri, record } of files.values()) {
    const winsHere = (ref: string, document: number): boolean => {
      const source = graph.winner(ref)?.source;
      return source?.file === uri && source.document === document;
    };
    for (const { code, entityRef: ref, document } of record.problems) {
      if (code !== 'techdocs-ref-missing' || ref === undefined) continue;
      if (winsHere(ref, document ?? 0)) refs.add(ref);
    }
    if (isPartial(uri)) continue;
    for (const { key, entityRef: ref, targetRef, document } of record.annotationRefs) {
      if (key !== TECHDOCS_ENTITY || !winsHere(ref, document)) continue;
      shared.push({ ref, from: targetRef });
    }
  }
  for (const { ref, from } of shared) {
    const other = getEntity(from);
    if (!other || !hasDocs(other) || refs.has(from)) refs.add(ref);
    else refs.delete(ref);
  }
  return refs;
}
