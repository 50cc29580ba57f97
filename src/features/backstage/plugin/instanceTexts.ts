import type { LocationRegistration } from '../../../api';
import type { Translate } from '../../../base';
import { parseLocationRef, readEntityRef } from '../../../model';

/** Maximum number of refs in a dialog. */
const MAX_LISTED = 15;
const MAX_TEXT = 500;

/** Copy that is used when a server can't be reached. */
export interface FallbackCopy {
  /** Display name of the server. */
  readonly name: string;
  /** Age for display: `3 min ago`. */
  readonly age: string;
  readonly isPart: boolean;
}

/**
 * Lists refs, one per line, generated ones last, and the number of others. @param unlisted - number of additional
 * refs
 */
function listOfRefs(refs: readonly string[], translate: Translate, unlisted = 0): string {
  const own = refs.filter(ref => !isGenerated(ref));
  const shown = own.slice(0, MAX_LISTED).map(ref => `• ${oneLine(ref)}`);
  const more = own.length - shown.length + unlisted;
  return [...shown, ...(more > 0 ? [translate('… and {0} more', more)] : [])].join('\n');
}

/** Describes the effects of registering an address. */
export function registrationDetail(
  {
    url,
    trial,
    served,
    copy,
  }: {
    readonly url: string;
    readonly trial: LocationRegistration;
    /** Refs of the trial that the server already has from another location. */
    readonly served: readonly string[];
    /** Copy that the information comes from; undefined for the server itself. */
    readonly copy: FallbackCopy | undefined;
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

/** Describes the effects of unregistering a location. */
export function unregistrationDetail(
  {
    target,
    refs,
    more,
    copy,
  }: {
    readonly target: string;
    readonly refs: readonly string[];
    /** Number of additional entities. */
    readonly more: number;
    /** Copy that the information comes from; undefined for the server itself. */
    readonly copy: FallbackCopy | undefined;
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

/** Explains why an entity can't be unregistered, and what to do instead. */
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

/** @param more - sentence for a partial copy */
function aboutCopy(
  copy: FallbackCopy | undefined,
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

/** Untrusted text on one line, truncated, for use in a sentence. */
export function oneLine(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  return plain.length > MAX_TEXT ? `${plain.slice(0, MAX_TEXT)}…` : plain;
}

/** Whether a ref is a Location that Backstage generates for a registered address. */
function isGenerated(ref: string): boolean {
  return /^location:default\/generated-[0-9a-f]{40}$/.test(ref);
}

/** Returns the first ref to show to the user, preferably not a Location. */
export function mainRef(refs: readonly string[]): string | undefined {
  const own = refs.filter(ref => !isGenerated(ref) && readEntityRef(ref).ok);
  return own.find(ref => !ref.startsWith('location:')) ?? own[0];
}

function readLocation(ref: string): { type: string; target: string } | undefined {
  try {
    return parseLocationRef(ref);
  } catch {
    // Not a location ref: the caller shows it as it is.
    return undefined;
  }
}
