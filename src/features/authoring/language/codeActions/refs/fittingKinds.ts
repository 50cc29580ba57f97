import { isRecord } from '../../../../../base';
import type { KindDefinition, KindRegistry } from '../../../../../model/validation';

/** More are no choice. */
const MAX_KINDS = 3;

/** The kinds that a document may be meant to be of, by its version and by what stands in it. */
export function fittingKinds(document: unknown, kinds: KindRegistry): readonly string[] {
  const value = isRecord(document) ? document : {};
  const apiVersion = value['apiVersion'];
  const known = kinds.knownKinds();
  const ofVersion = known.filter(({ apiVersions }) => apiVersions.includes(String(apiVersion)));
  const rated = (ofVersion.length ? ofVersion : known)
    .map(definition => ({ kind: definition.kind, ...misfit(value, definition) }))
    .sort((a, b) => a.objections - b.objections || a.foreign - b.foreign);
  const [best] = rated;
  return rated
    .filter(
      ({ objections, foreign }) => objections === best?.objections && foreign === best.foreign,
    )
    .slice(0, MAX_KINDS)
    .map(({ kind }) => kind);
}

/** What speaks against a kind: what its schema says, and fields that it does not have. */
function misfit(
  document: Readonly<Record<string, unknown>>,
  { kind, apiVersions, validate, specFields, relations }: KindDefinition,
): { readonly objections: number; readonly foreign: number } {
  const spec = isRecord(document['spec']) ? Object.keys(document['spec']) : [];
  const own = specFields ?? relations.map(({ field }) => field.slice('spec.'.length));
  return {
    objections: validate?.({ ...document, kind, apiVersion: apiVersions[0] }).length ?? 0,
    foreign: spec.filter(field => !own.includes(field)).length,
  };
}
