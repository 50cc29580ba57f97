import type { Translate } from '../../../../base';
import type { SeverityCounts } from './problemCounts';
import type { NodeColor } from './treeNodes';

/** What stands at the right of a row, in one colour with its label. */
export interface NodeDecoration {
  /** At most two characters. */
  readonly badge: string;
  readonly color: NodeColor;
  readonly tooltip: string;
}

/** An entity has a number, what holds others a dot, as files and folders do in the Explorer. */
export function decorateProblems(
  { errors, warnings }: SeverityCounts,
  { isGroup, translate }: { isGroup: boolean; translate: Translate },
): NodeDecoration | undefined {
  const total = errors + warnings;
  if (!total) return undefined;
  const parts = [
    errors === 1 ? translate('1 error') : errors ? translate('{0} errors', errors) : undefined,
    warnings === 1
      ? translate('1 warning')
      : warnings
        ? translate('{0} warnings', warnings)
        : undefined,
  ];
  return {
    badge: isGroup ? '•' : total > 9 ? '9+' : String(total),
    color: errors ? 'error' : 'warning',
    tooltip: parts.filter(Boolean).join(', '),
  };
}

export function decorateDangling(translate: Translate): NodeDecoration {
  return { badge: '?', color: 'warning', tooltip: translate('not in the catalog') };
}
