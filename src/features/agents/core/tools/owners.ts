import * as z from 'zod/mini';
import type { CatalogService } from '../../../../api';
import { isRecord } from '../../../../base';
import { ownerRefs, relationTargets } from '../../../../model/presentation';
import { defineTool } from '../defineTool';
import { linksOf, ownersOf, resolveEntityRef, sourceOf, titleOf } from '../entitySummary';
import {
  citation,
  citationSuffix,
  clipText,
  MAX_MEMBERS,
  type Place,
  displayRef,
  textField,
} from '../fields';
import type { Owner, OwnersOutput, Person } from '../toolDescriptions';
import { ownersOfFile } from '../ownersOfFile';
import { RefusalError } from '../types';
import { WorkspacePlaces } from '../workspacePlaces';

const MAX_OWNERS = 10;
/** Maximum length of an email address. */
const MAX_EMAIL = 320;

export const ownersTool = defineTool({
  name: 'owners',
  input: z.strictObject({
    ref: z.optional(
      textField('Entity ref, such as component:default/shop. Give either ref or path.'),
    ),
    path: z.optional(
      textField('Path of a file or folder, relative to the workspace. Give either ref or path.'),
    ),
  }),
  async run({ ref: written, path }, services, signal): Promise<OwnersOutput> {
    const { catalog } = services;
    const places = new WorkspacePlaces(services);
    if ((written === undefined) === (path === undefined)) {
      throw new RefusalError(
        'Give either "ref", an entity ref, or "path", a path in the workspace.',
      );
    }
    if (path !== undefined) {
      const { uri } = await places.findExisting(path);
      const { answer, refs, sources } = await ownersOfFile(uri, { services, places, signal });
      const owners = describeOwners(refs, catalog, places);
      return { ...(answer && { answer }), owners, sources };
    }
    const ref = resolveEntityRef(written ?? '', catalog);
    const entity = catalog.getEntityByRef(ref);
    const refs = entity ? ownerRefs(entity) : [];
    const place = places.place(sourceOf(ref, catalog));
    const summary = { ref: displayRef(ref), owners: entity ? ownersOf(entity) : [] };
    return {
      owners: describeOwners(refs, catalog, places),
      sources: refs.length ? [{ type: 'entity' as const, ...summary, ...place }] : [],
    };
  },
  format({ answer, owners, sources }, { ref, path }) {
    const subject = ref ?? path ?? '';
    if (!answer) {
      return [
        owners.length
          ? `${subject} is owned by ${owners.map(one => one.ref).join(', ')}.`
          : `${subject} has no owner.`,
        ...owners.flatMap(formatOwner),
        ...sources.map(formatSource),
      ];
    }
    const isAnswer = (one: Owner): boolean => answer.owners.includes(one.ref);
    const [source, ...others] = sources;
    return [
      `${subject} is owned by ${answer.owners.join(', ')}: ${answer.reason}.`,
      ...owners.filter(isAnswer).flatMap(formatOwner),
      ...(source ? [formatSource(source)] : []),
      ...(others.length ? ['Other candidates:'] : []),
      ...others.map(formatSource),
      ...owners.filter(one => !isAnswer(one)).flatMap(formatOwner),
    ];
  },
});

function formatSource(source: OwnersOutput['sources'][number]): string {
  const by = source.type === 'entity' ? source.ref : 'CODEOWNERS';
  return `Source: ${by}${citationSuffix(source)}: ${source.owners.join(', ')}`;
}

function describeOwners(
  refs: readonly string[],
  catalog: CatalogService,
  places: WorkspacePlaces,
): Owner[] {
  return [...new Set(refs)].slice(0, MAX_OWNERS).map(ref => {
    const entity = catalog.getEntityByRef(ref);
    const members = entity ? relationTargets(entity, 'hasMember') : [];
    return {
      ...describePerson(ref, catalog),
      isInCatalog: entity !== undefined,
      links: entity ? linksOf(entity) : [],
      members: members.slice(0, MAX_MEMBERS).map(member => describePerson(member, catalog)),
      totalMembers: members.length,
      ...places.place(sourceOf(ref, catalog)),
    };
  });
}

function describePerson(ref: string, catalog: CatalogService): Person {
  const entity = catalog.getEntityByRef(ref);
  if (!entity) return { ref: displayRef(ref) };
  const profile = entity.spec?.['profile'];
  const email = isRecord(profile) ? profile['email'] : undefined;
  return {
    ref: displayRef(ref),
    title: titleOf(entity),
    ...(typeof email === 'string' &&
      email.length <= MAX_EMAIL && { email: clipText(email, MAX_EMAIL) }),
  };
}

function formatOwner({ members, totalMembers, links, ...one }: Owner): readonly string[] {
  const more = totalMembers - members.length;
  const names = members.map(formatPerson);
  if (more) names.push(`${more} more`);
  const where = one.isInCatalog ? citation(one satisfies Place) : 'not in the catalog';
  return [
    `- ${formatPerson(one)}${where ? ` (${where})` : ''}`,
    ...(names.length ? [`  Members: ${names.join(', ')}`] : []),
    ...links.map(({ title, url }) => `  Link: ${title} <${url}>`),
  ];
}

function formatPerson({ ref, title, email }: Person): string {
  return [ref, title, email && `<${email}>`].filter(Boolean).join(' ');
}
