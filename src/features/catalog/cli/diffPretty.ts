import { sortProblems, suggestionOf } from '../../../cli/output/problems';
import { type Paint, printable, type Style } from '../../../cli/output/style';
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

const signs: Readonly<Record<'+' | '-' | '~' | '!', Style>> = {
  '+': 'green',
  '-': 'red',
  '~': 'yellow',
  '!': 'red',
};

/** Formats a diff for a terminal. */
export function diffPretty(report: DiffReport, paint: Paint): string {
  const { diff } = report;
  const head = printable(`Catalog: ${describeSides(report)}`);
  if (isEmptyDiff(diff)) return `${head}\nNo changes.\n`;
  const printer = new DiffPrinter(report, paint);
  return [
    head,
    ...section(paint, 'Entities', entityCounts(diff), printer.entities(diff)),
    ...section(paint, 'Relations', relationCounts(diff), printer.relations(diff)),
    ...section(paint, 'Problems', problemCounts(diff), printer.problems(diff)),
    '',
  ].join('\n');
}

function section(paint: Paint, title: string, counts: string, lines: readonly string[]): string[] {
  return lines.length ? ['', `${paint('bold', title)}: ${counts}`, ...lines] : [];
}

class DiffPrinter {
  #report: DiffReport;
  #paint: Paint;

  constructor(report: DiffReport, paint: Paint) {
    this.#report = report;
    this.#paint = paint;
  }

  entities({ entities }: CatalogDiff): readonly string[] {
    const { show } = this.#report;
    return [
      ...entities.added.map(({ ref, source }) => this.#line('+', ref, placeOf(source, show))),
      ...entities.removed.map(entity =>
        this.#line('-', entity.ref, reasonOf(entity, show) ?? placeOf(entity.source, show)),
      ),
      ...entities.changed.flatMap(change => this.#change(change)),
    ];
  }

  relations({ relations }: CatalogDiff): readonly string[] {
    return [
      ...relations.added.map(relation => this.#relation('+', relation)),
      ...relations.removed.map(relation => this.#relation('-', relation)),
      ...relations.broken.map(relation => this.#relation('!', relation)),
      ...relations.fixed.map(relation => this.#relation('~', relation, 'fixed')),
    ];
  }

  problems({ problems }: CatalogDiff): readonly string[] {
    return [
      ...sortProblems(problems.added).flatMap(problem => this.#problem('+', problem)),
      ...sortProblems(problems.fixed).flatMap(problem => this.#problem('-', problem)),
    ];
  }

  #change(change: EntityChange): readonly string[] {
    const { show } = this.#report;
    const { ref, source } = change.after;
    const remarks = [placeOf(source, show), ...originsOf(change, show)].filter(Boolean).join(', ');
    return [
      this.#line('~', ref, remarks),
      ...change.fields.map(({ path, before, after }) => {
        const { removed, added } = describeFieldChange(before, after);
        const values = [
          ...removed.map(value => this.#paint('red', `-${printable(value)}`)),
          ...added.map(value => this.#paint('green', `+${printable(value)}`)),
        ];
        return `      ${printable(describePath(path))}  ${values.join(' ')}`;
      }),
    ];
  }

  #relation(
    sign: keyof typeof signs,
    { source, type, target, missing }: RelationChange,
    remark = missing.length ? `${missing.join(' and ')} is not in the catalog` : '',
  ): string {
    return this.#line(sign, `${source} ${type} ${target}`, remark);
  }

  #problem(sign: '+' | '-', problem: Problem): readonly string[] {
    const { code, severity, message } = problem;
    const place = placeOfProblem(problem, this.#report.show);
    const lines = [...message.split('\n'), ...(sign === '+' ? suggestionOf(problem) : [])];
    const [first = '', ...more] = lines.map(printable);
    return [
      this.#line(sign, `${place}  ${severity}  ${first}`, code),
      ...more.map(line => `      ${line}`),
    ];
  }

  #line(sign: keyof typeof signs, text: string, remark: string): string {
    const line = `  ${this.#paint(signs[sign], sign)} ${printable(text)}`;
    return remark === '' ? line : `${line}  ${this.#paint('dim', printable(remark))}`;
  }
}
