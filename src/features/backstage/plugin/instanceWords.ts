import type { LocationRegistration } from '../../../api';
import type { Translate } from '../../../base';
import { parseLocationRef, readEntityRef } from '../../../model';

/** More than that nobody reads before a button is pressed. */
const MAX_LISTED = 15;
const MAX_TEXT = 500;

/** What stands in for a server that cannot be asked. */
export interface StandInCopy {
  /** Of the server. */
  readonly name: string;
  /** How old it is: `3 min ago`. */
  readonly age: string;
  readonly isPart: boolean;
}

/** Refs a line each, those that only a server could have made up last; and how many there are besides. @param unlisted - that are not even among the refs */
function listOfRefs(refs: readonly string[], translate: Translate, unlisted = 0): string {
  const own = refs.filter(ref => !isGenerated(ref));
  const shown = own.slice(0, MAX_LISTED).map(ref => `• ${oneLine(ref)}`);
  const more = own.length - shown.length + unlisted;
  return [...shown, ...(more > 0 ? [translate('… and {0} more', more)] : [])].join('\n');
}

/** What registering an address comes to, before it is done. */
export function registrationDetail(
  {
    url,
    trial,
    served,
    copy,
  }: {
    readonly url: string;
    readonly trial: LocationRegistration;
    /** Those of the trial that the server has by another location already. */
    readonly served: readonly string[];
    /** What says which these are; undefined: the server itself. */
    readonly copy: StandInCopy | undefined;
  },
  translate: Translate,
): string {
  const there = new Set(served);
  const added = trial.entityRefs.filter(ref => !there.has(ref));
  return [
    url,
    ...section(translate('It adds:'), added, translate),
    ...section(
      translate('These are there already by another location, and stay as they are:'),
      served,
      translate,
    ),
    ...aboutCopy(
      copy,
      translate('More of them may be there already, as only a part of its catalog is held here.'),
      translate,
    ),
    '',
    translate('What its Locations lead to comes, too.'),
  ].join('\n');
}

/** What goes with a location, before it does. */
export function unregistrationDetail(
  {
    target,
    refs,
    more,
    copy,
  }: {
    readonly target: string;
    readonly refs: readonly string[];
    /** How many go besides the refs. */
    readonly more: number;
    /** What says what these are; undefined: the server itself. */
    readonly copy: StandInCopy | undefined;
  },
  translate: Translate,
): string {
  return [
    oneLine(target),
    ...section(translate('With it go, for everybody:'), refs, translate, more),
    ...aboutCopy(
      copy,
      translate('There may be more, as only a part of its catalog is held here.'),
      translate,
    ),
    '',
    translate('The files stay. It can be registered again.'),
  ].join('\n');
}

/** Why an entity cannot be unregistered, and where that can be done. */
export function unregistrableReason(
  origin: string | undefined,
  instance: string,
  translate: Translate,
): string {
  const location = origin === undefined ? undefined : readLocation(origin);
  if (!location) {
    return translate('It does not say where it is from; a provider of {0} may bring it.', instance);
  }
  const type = oneLine(location.type);
  const target = oneLine(location.target);
  switch (type) {
    case 'file':
      return translate(
        'It is from {0} on the machine of {1}, which its configuration (catalog.locations) names: only there it can be taken out.',
        target,
        instance,
      );
    case 'url':
      return translate(
        'It is from {0}, which nobody registered: the configuration of {1} names it (catalog.locations), or a provider finds it. Only there it can be taken out.',
        target,
        instance,
      );
    default:
      return translate(
        'It is from {0}, which a provider of {1} brings: it goes when it is gone there.',
        `${type}:${target}`,
        instance,
      );
  }
}

/** @param more - where it is of a part */
function aboutCopy(
  copy: StandInCopy | undefined,
  more: string,
  translate: Translate,
): readonly string[] {
  if (!copy) return [];
  const told = translate(
    '{0} could not be asked: this is as it was {1}.',
    oneLine(copy.name),
    copy.age,
  );
  return ['', told, ...(copy.isPart ? [more] : [])];
}

function section(
  title: string,
  refs: readonly string[],
  translate: Translate,
  unlisted = 0,
): readonly string[] {
  const list = listOfRefs(refs, translate, unlisted);
  return list === '' ? [] : ['', title, list];
}

/** What somebody else wrote, so that it is nothing but a part of the sentence that it stands in. */
export function oneLine(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  return plain.length > MAX_TEXT ? `${plain.slice(0, MAX_TEXT)}…` : plain;
}

/** Of the Location that a Backstage makes for each address; nobody knows it by that name. */
function isGenerated(ref: string): boolean {
  return /^location:default\/generated-[0-9a-f]{40}$/.test(ref);
}

/** The first that a person would look at, which is no Location if there is anything else. */
export function mainRef(refs: readonly string[]): string | undefined {
  const own = refs.filter(ref => !isGenerated(ref) && readEntityRef(ref).ok);
  return own.find(ref => !ref.startsWith('location:')) ?? own[0];
}

function readLocation(ref: string): { type: string; target: string } | undefined {
  try {
    return parseLocationRef(ref);
  } catch {
    return undefined;
  }
}
