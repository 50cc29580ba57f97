import { codeText, linkTarget } from '../../../../base';
import { readEntityRef, stringifyEntityRef } from '../../../../model';
import type { WrittenRef } from '../descriptors/writtenRefs';
import { entityLink } from '../entities/markdown';
import type { LanguageContext } from '../languageProvider';
import { refParts } from '../mentions/refParts';

/** What is to be said of a ref that leads to nothing: what it means, and what may have been meant. */
export function danglingRefCard(
  { scalar, field, target, targetRef }: WrittenRef,
  context: LanguageContext,
): string | undefined {
  if (!target || targetRef === undefined) return undefined;
  const { catalog } = context;
  if (!catalog.isReady) {
    return `\`${codeText(targetRef)}\`\n\nThe catalog is still being read.`;
  }
  const defaults = {
    ...(field.defaultKind !== undefined && { defaultKind: field.defaultKind }),
    defaultNamespace: field.defaultNamespace,
  };
  const [failed] = catalog.failed(targetRef);
  if (failed) {
    const link = linkTarget(`${failed.file}#L${failed.nameRange.start.line + 1}`);
    return `\`${codeText(targetRef)}\` is not in the catalog: [its descriptor](${link}) has errors.`;
  }
  const nearest = catalog.nearest(target, defaults).map(suggestion => {
    const read = readEntityRef(suggestion, defaults);
    const found = read.ok ? stringifyEntityRef(read.value) : suggestion;
    return `- \`${codeText(suggestion)}\`: ${entityLink(found, context)}`;
  });
  return [
    `\`${codeText(targetRef)}\` is not in the catalog.`,
    meaningOf(scalar.value, { field: field.field, ...defaults }),
    nearest.length && `Did you mean:\n\n${nearest.join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Why a ref that leaves out parts means what it means; undefined for a full one. */
function meaningOf(
  ref: string,
  {
    field,
    defaultKind,
    defaultNamespace,
  }: { field: string; defaultKind?: string; defaultNamespace: string },
): string | undefined {
  const { kind, namespace } = refParts(ref);
  const place = `\`${codeText(field)}\``;
  const ofKind =
    !kind &&
    defaultKind !== undefined &&
    `A ref in ${place} that names no kind means a \`${codeText(defaultKind)}\`.`;
  const isAnnotation = field.startsWith('metadata.annotations.');
  const inNamespace =
    !namespace &&
    (isAnnotation
      ? `Without a namespace it is in \`${codeText(defaultNamespace)}\`.`
      : `Without a namespace it is in that of the entity that it stands in, \`${codeText(defaultNamespace)}\`.`);
  return [ofKind, inNamespace].filter(Boolean).join(' ') || undefined;
}
