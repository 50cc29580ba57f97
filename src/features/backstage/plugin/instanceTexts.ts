import {
  type LocationRegistration,
  parseLocationRef,
  readEntityRef,
  type Translate,
} from '../../../api';

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
      translate("These already exist from another location and don't change:"),
      served,
      translate,
    ),
    ...aboutCopy(
      copy,
      translate('Only part of its catalog is cached, so more of these entities may already exist.'),
      translate,
    ),
    '',
    translate('The targets of its Locations are added too.'),
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
    ...section(translate('This also removes, for everyone:'), refs, translate, more),
    ...aboutCopy(
      copy,
      translate('Only part of its catalog is cached, so there may be more.'),
      translate,
    ),
    '',
    translate("Files aren't deleted. You can register the location again."),
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
    return translate('Its origin is unknown. It may come from a provider of {0}.', instance);
  }
  const type = oneLine(location.type);
  const target = oneLine(location.target);
  switch (type) {
    case 'file':
      return translate(
        'It comes from {0} in the configuration of {1} (catalog.locations). Remove it there.',
        target,
        instance,
      );
    case 'url':
      return translate(
        'It comes from {0}, which is in the configuration of {1} (catalog.locations) or found by a provider. Remove it there.',
        target,
        instance,
      );
    default:
      return translate(
        'It comes from {0} through a provider of {1}. Delete it there to remove it.',
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
  const notice = translate(
    "Can't reach {0}. This is the state of {1}.",
    oneLine(copy.name),
    copy.age,
  );
  return ['', notice, ...(copy.isPart ? [more] : [])];
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
