import { nearNames } from '../../../platform/core';

/** Kinds that everybody knows; what validates them is not loaded for their names alone. */
export const BUILTIN_KINDS: readonly string[] = [
  'AiResource',
  'API',
  'Component',
  'Domain',
  'Group',
  'Location',
  'Resource',
  'System',
  'Template',
  'User',
];

/**
 * What is to be said of kinds that nobody knows, so that to allow them changes nothing.
 *
 * @param names - as somebody wrote them; `*` stands for all
 * @param customKinds - that are known besides
 * @returns parts of sentences: `the kind Grup, which is not known here. Did you mean Group?`
 */
export function unknownKinds(
  names: readonly string[],
  customKinds: readonly string[] = [],
): readonly string[] {
  return names.flatMap(name => {
    const near = nearestKind(name, customKinds);
    if (near === 'known') return [];
    return `the kind ${name}, which is not known here${near === undefined ? '' : `. Did you mean ${near}?`}`;
  });
}

/** The same for those that are nearly one that is known alone, as another program may well have kinds of its own. */
export function misspeltKinds(
  names: readonly string[],
  customKinds: readonly string[] = [],
): readonly string[] {
  return unknownKinds(
    names.filter(name => nearestKind(name, customKinds) !== undefined),
    customKinds,
  );
}

function nearestKind(name: string, customKinds: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const kinds = [...BUILTIN_KINDS, ...customKinds];
  if (name === '*' || kinds.some(kind => kind.toLowerCase() === lower)) return 'known';
  return nearNames(name, kinds)[0];
}
