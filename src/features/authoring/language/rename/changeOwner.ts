import { translate } from '../../../../base';
import { readEntityRef, shortenEntityRef, stringifyEntityRef } from '../../../../model';
import { descriptorOf, relationRulesOf } from '../descriptors/descriptor';
import type { PlacedPart, YamlText } from '../documents/yamlText';
import type { LanguageContext } from '../languageProvider';
import { refusalText, setInPart } from './documentEdits';
import { PlanBuilder, type PlanRequest, Refusal } from './planBuilder';
import { planned } from './renameEntity';
import type { PlanResult } from './renamePlan';

export interface OwnerRequest extends PlanRequest {
  /** The entities, full and lowercase. */
  readonly refs: readonly string[];
  /** A group or, with its kind, a user: `team-a`, `group:other/team-a`, `user:mary`. */
  readonly owner: string;
}

/**
 * Changes the owner of entities, in the shortest form for each. Entities that can't be changed result in warnings; if
 * none can, there is no plan.
 */
export function changeOwner(
  context: LanguageContext,
  request: OwnerRequest,
  signal: AbortSignal,
): Promise<PlanResult> {
  return planned(new PlanBuilder(context, signal, request), async plan => {
    const { catalog } = context;
    const read = readEntityRef(request.owner, { defaultKind: 'Group' });
    const ownerRef = read.ok ? stringifyEntityRef(read.value) : request.owner;
    const owner = read.ok ? catalog.get(ownerRef) : undefined;
    if (!owner) throw new Refusal(translate('{0} is not in the catalog.', ownerRef));
    if (owner.kind !== 'Group' && owner.kind !== 'User') {
      throw new Refusal(translate('{0} is neither a group nor a user.', ownerRef));
    }
    const { namespace, name } = owner;
    const target = { kind: owner.kind.toLowerCase(), namespace, name };
    const reasons: string[] = [];
    const refs = new Set(request.refs);
    /** Cached, because one text may have many of the entities. */
    const declared = new Map<YamlText, DeclaringParts>();
    for (const ref of refs) {
      const reason = await setOwner(ref);
      if (reason !== undefined)
        reasons.push(translate("{0} can't be transferred: {1}.", ref, reason));
    }
    if (refs.size && reasons.length === refs.size) throw new Refusal(reasons.join(' '));
    for (const reason of reasons) plan.warn(reason);

    /** Changes one entity. Returns the reason if that isn't possible. */
    async function setOwner(ref: string): Promise<string | undefined> {
      const entity = catalog.get(ref);
      if (!entity) return translate('it is not in the catalog');
      const { file, place } = entity;
      if (file === undefined || !place) return translate('it does not come from a file');
      const text = await plan.text(file);
      const found = (text && (await declaringIn(text)).get(ref)) ?? [];
      const placed = found.find(({ index }) => index === place.document) ?? found[0];
      const descriptor = placed && descriptorOf(placed.part, catalog.kinds);
      if (!text || !placed || !descriptor)
        return translate('its location in the catalog is out of date');
      const rule = relationRulesOf(descriptor, catalog.kinds).find(
        ({ field }) => field === 'spec.owner',
      );
      if (!rule) return translate('entities of kind {0} have no owner', entity.kind);
      const edit = setInPart(placed, {
        kind: descriptor.kind ?? '',
        name: descriptor.name ?? '',
        path: ['spec', 'owner'],
        value: shortenEntityRef(target, {
          defaultKind: rule.defaultKind,
          defaultNamespace: descriptor.namespace,
        }),
      });
      if (!edit.ok) return refusalText(edit.error);
      if (!edit.value) return undefined;
      try {
        plan.add(text, [{ ...edit.value, kind: 'owner' }]);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return translate('its file is read-only');
      }
      return undefined;
    }

    async function declaringIn(text: YamlText): Promise<DeclaringParts> {
      const known = declared.get(text);
      if (known) return known;
      const documents: PlacedPart[] = [];
      for await (const { placed } of plan.documents([text])) documents.push(placed);
      const parts = Map.groupBy(documents, ({ part }) => descriptorOf(part, catalog.kinds)?.ref);
      declared.set(text, parts);
      return parts;
    }
  });
}

/** Documents by the ref that each declares. */
type DeclaringParts = ReadonlyMap<string | undefined, readonly PlacedPart[]>;
