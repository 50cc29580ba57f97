import { inCode, markdownText } from '../../../cli/output/markdown';
import { plural, sortProblems, suggestionOf } from '../../../cli/output/problems';
import type { ShowPath } from '../../../cli/paths';
import type { Problem } from '../../../model';
import { describeFieldChange, describePath } from '../../../model/differences';
import type { CatalogDiff, EntityChange, RelationChange } from '../core/diff';
import {
  describeSides,
  type DiffReport,
  entityCounts,
  isEmptyDiff,
  originsOf,
  placeOf,
  placeOfProblem,
  problemCounts,
  reasonOf,
  relationCounts,
} from './diffReport';

/** Marker by which a bot finds its previous comment. */
const marker = '<!-- callboard-diff -->';

/**
 * Maximum length of a comment: GitHub allows 65,536 characters, and callers may add text. Each part
 * may use its share and the unused rest of previous parts.
 */
const maxLength = 60_000;
const shares = { problems: 0.4, entities: 0.4, relations: 0.2 };

interface Section {
  readonly title: string;
  readonly counts: string;
  /** List items, which may have nested lines. */
  readonly items: readonly string[];
  readonly share: number;
  readonly isOpen: boolean;
}

/** Formats a diff as a pull request comment: problems first, details collapsed. */
export function diffMarkdown(report: DiffReport): string {
  const { diff, show } = report;
  const title = isEmptyDiff(diff) ? 'no changes' : headline(diff);
  const lines = [marker, `### Catalog: ${title}`, ''];
  const sections: readonly Section[] = [
    {
      title: 'Problems',
      counts: problemCounts(diff),
      items: problemItems(diff, show),
      share: shares.problems,
      isOpen: true,
    },
    {
      title: 'Entities',
      counts: entityCounts(diff),
      items: entityItems(diff, show),
      share: shares.entities,
      isOpen: false,
    },
    {
      title: 'Relations',
      counts: relationCounts(diff),
      items: relationItems(diff),
      share: shares.relations,
      isOpen: false,
    },
  ];
  let budget = 0;
  for (const section of sections) {
    budget += maxLength * section.share;
    if (!section.items.length) continue;
    const written = writeSection(section, budget);
    budget -= written.length;
    lines.push(written);
  }
  lines.push(`<sub>${markdownText(describeSides(report))}</sub>`, '');
  return lines.join('\n');
}

function headline(diff: CatalogDiff): string {
  const { added, fixed } = diff.problems;
  const [entities, relations] = [entityCounts(diff), relationCounts(diff)];
  const parts = [
    entities && `entities: ${entities}`,
    relations && `relations: ${relations}`,
    added.length && `**${plural(added.length, 'new problem')}**`,
    fixed.length && `${plural(fixed.length, 'problem')} fixed`,
  ];
  return parts.filter(Boolean).join(' · ');
}

function writeSection({ title, counts, items, isOpen }: Section, budget: number): string {
  const shown: string[] = [];
  let length = 200;
  for (const item of items) {
    length += item.length + 1;
    if (length > budget) break;
    shown.push(item);
  }
  const left = items.length - shown.length;
  if (left > 0) shown.push(`- … and ${left} more, which \`callboard diff\` shows`);
  return [
    `<details${isOpen ? ' open' : ''}><summary><b>${title}</b>: ${counts}</summary>`,
    '',
    ...shown,
    '',
    '</details>',
    '',
  ].join('\n');
}

function problemItems({ problems }: CatalogDiff, show: ShowPath): readonly string[] {
  const item = (icon: string, problem: Problem): string => {
    const { severity, code, message } = problem;
    const text = [message, ...suggestionOf(problem)].join(' ');
    const place = inCode(placeOfProblem(problem, show));
    return `- ${icon} ${severity}: ${markdownText(text)} (${inCode(code)}) — ${place}`;
  };
  return [
    ...sortProblems(problems.added).map(problem =>
      item(problem.severity === 'error' ? '❌' : '⚠️', problem),
    ),
    ...sortProblems(problems.fixed).map(problem => item('✅ fixed', problem)),
  ];
}

function entityItems({ entities }: CatalogDiff, show: ShowPath): readonly string[] {
  const item = (icon: string, ref: string, remarks: readonly string[]): string => {
    const texts = remarks.filter(Boolean).map(remark => inCode(remark));
    return [`- ${icon} ${inCode(ref)}`, ...(texts.length ? [texts.join(', ')] : [])].join(' — ');
  };
  return [
    ...entities.added.map(({ ref, source }) => item('➕', ref, [placeOf(source, show)])),
    ...entities.removed.map(entity =>
      item('➖', entity.ref, [reasonOf(entity, show) ?? placeOf(entity.source, show)]),
    ),
    ...entities.changed.map(change =>
      [
        item('✏️', change.after.ref, [
          placeOf(change.after.source, show),
          ...originsOf(change, show),
        ]),
        ...fieldItems(change),
      ].join('\n'),
    ),
  ];
}

/** Maximum number of fields and values per entity. */
const maxFields = 15;
const maxValues = 10;

function fieldItems({ fields }: EntityChange): readonly string[] {
  const items = fields.slice(0, maxFields).map(({ path, before, after }) => {
    const { removed, added } = describeFieldChange(before, after);
    const list = (values: readonly string[]): string => {
      const shown = values.slice(0, maxValues).map(value => inCode(value));
      const more = values.length - shown.length;
      return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
    };
    const change =
      removed.length && added.length
        ? `${list(removed)} → ${list(added)}`
        : removed.length
          ? `${list(removed)} removed`
          : `${list(added)} added`;
    return `  - ${inCode(describePath(path))}: ${change}`;
  });
  const more = fields.length - items.length;
  return more > 0 ? [...items, `  - … and ${plural(more, 'more field', 'more fields')}`] : items;
}

function relationItems({ relations }: CatalogDiff): readonly string[] {
  const item = (icon: string, { source, type, target, missing }: RelationChange): string => {
    const gone = missing.length
      ? ` — ${missing.map(ref => inCode(ref)).join(' and ')} is not in the catalog`
      : '';
    return `- ${icon} ${inCode(source)} ${inCode(type)} ${inCode(target)}${gone}`;
  };
  return [
    ...relations.broken.map(relation => item('💔 broken:', relation)),
    ...relations.fixed.map(relation => item('🔗 fixed:', relation)),
    ...relations.added.map(relation => item('➕', relation)),
    ...relations.removed.map(relation => item('➖', relation)),
  ];
}
