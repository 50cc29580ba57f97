import { replaceTables, table, thousands, time } from './resultTables';

/* Results of `npm run bench -- processes`, and the tables and the plot that docs/performance.md has of them. */

/** Medians of whole processes. */
export interface Measurement {
  readonly seconds: number;
  /** Processor time in all threads, in seconds; undefined if only a part of the process was measured. */
  readonly processor?: number;
  /** Peak memory. */
  readonly megabytes?: number;
}

export interface Run {
  readonly date: string;
  readonly node: string;
  /** Load average over the run, on two cores; at most 1 on an idle machine. */
  readonly load: number;
  readonly rows: Readonly<Record<string, Measurement>>;
}

export interface Results {
  /** Commands that read no catalog. */
  readonly starts: Run;
  /** By number of entities. */
  readonly sizes: Readonly<Record<string, Run>>;
}

/** Row of a table, with the figure to show. */
interface Row {
  readonly name: string;
  readonly title: string;
  readonly wanted?: string;
}

export const startRows: readonly Row[] = [
  { name: 'node', title: 'floor: `node -e 0`' },
  { name: 'version', title: '`--version`', wanted: '2 x the floor' },
  { name: 'help', title: '`--help`', wanted: '2 x the floor' },
];

export const sizeRows: readonly Row[] = [
  { name: 'floor', title: 'floor: find and read the files' },
  { name: 'entities', title: '`entities --format json`', wanted: '1.5 s for 10,000' },
  { name: 'entitiesAgain', title: '`entities --format json` again' },
  {
    name: 'validate',
    title: '`validate`',
    wanted: '4 s for 10,000; 20 s and 1 GB for 100,000',
  },
  { name: 'again', title: '`validate` again', wanted: '0.6 s for 10,000' },
  { name: 'againChanged', title: '`validate` again, after one file changed' },
  {
    name: 'changed',
    title: '`validate --changed-since`, one file changed',
  },
  {
    name: 'changedAgain',
    title: '`validate --changed-since` again, one file changed',
    wanted: '0.8 s for 10,000',
  },
  { name: 'progress', title: '`validate` until it shows progress on a terminal', wanted: '0.3 s' },
  { name: 'peer', title: "peer: Backstage's parser and validators" },
];

const FLOORS = ['node', 'floor'];

/** Returns the page with tables of these results between its markers. @throws if it has no markers */
export function pageWith(page: string, { starts, sizes }: Results): string {
  const columns = Object.entries(sizes);
  const runs = [
    `Commands that read no catalog: ${describeRun(starts)}`,
    ...columns.map(([entities, run]) => `${thousands(entities)} entities: ${describeRun(run)}`),
  ];
  const tables = [
    table([
      ['', 'median', 'wanted'],
      ...startRows.map(({ name, title, wanted = '' }) => [title, cell(starts, name), wanted]),
    ]),
    table([
      ['', ...columns.map(([entities]) => thousands(entities)), 'wanted'],
      ...sizeRows.map(({ name, title, wanted = '' }) => [
        title,
        ...columns.map(([, run]) => cell(run, name)),
        wanted,
      ]),
    ]),
  ];
  return replaceTables(page, 'processes', [`${runs.join('. ')}.`, ...tables]);
}

function describeRun({ date, node, load }: Run): string {
  return `${date}, Node ${node}, load ${load.toFixed(1)}`;
}

function cell({ rows }: Run, name: string): string {
  const found = rows[name];
  const floor = FLOORS.map(each => rows[each]).find(Boolean);
  if (!found || !floor) return '';
  const { seconds, processor, megabytes } = found;
  if (processor === undefined || megabytes === undefined) return time(seconds);
  const ratio =
    found === floor || floor.processor === undefined
      ? ''
      : `, ${(processor / floor.processor).toPrecision(2).replace('e+2', '00')} x`;
  return `${time(seconds)} (${time(processor)}${ratio}), ${megabytes.toFixed(0)} MB`;
}

const [WIDTH, HEIGHT] = [760, 400];
const AREA = { left: 60, right: 480, top: 20, bottom: 350 };
const COLORS = [
  '#57606a',
  '#0969da',
  '#54aeff',
  '#cf222e',
  '#8250df',
  '#c297ff',
  '#1a7f37',
  '#4ac26b',
  '#57606a',
  '#bf8700',
];

/** Plots processor time by number of entities, on logarithmic axes: linear growth is as steep as the floor. */
export function plotOf({ sizes }: Results): string {
  const counts = Object.keys(sizes).map(Number);
  const x = scale([Math.min(...counts), Math.max(...counts, 10_000)], [AREA.left, AREA.right]);
  const y = scale([0.01, 1000], [AREA.bottom, AREA.top]);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
  ];
  for (const seconds of [0.01, 0.1, 1, 10, 100, 1000]) {
    const at = y(seconds);
    parts.push(
      `<line x1="${AREA.left}" x2="${AREA.right}" y1="${at}" y2="${at}" stroke="#d0d7de"/>`,
      `<text x="${AREA.left - 8}" y="${at + 4}" text-anchor="end">${seconds} s</text>`,
    );
  }
  for (const count of counts) {
    parts.push(
      `<text x="${x(count)}" y="${AREA.bottom + 18}" text-anchor="middle">${thousands(String(count))}</text>`,
    );
  }
  parts.push(
    `<text x="${(AREA.left + AREA.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">entities</text>`,
  );
  for (const [index, { name, title }] of sizeRows.entries()) {
    const color = COLORS[index];
    const points = Object.entries(sizes).flatMap(([count, { rows }]) => {
      const found = rows[name];
      const { processor } = found ?? {};
      return processor === undefined ? [] : [[x(Number(count)), y(processor)] as const];
    });
    if (!points.length) continue;
    const labelY = AREA.top + 20 + index * 22;
    parts.push(
      `<polyline fill="none" stroke="${color}" stroke-width="2" points="${points.map(point => point.join()).join(' ')}"/>`,
      ...points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${color}"/>`),
      `<circle cx="${AREA.right + 20}" cy="${labelY - 4}" r="4" fill="${color}"/>`,
      `<text x="${AREA.right + 30}" y="${labelY}">${title.replaceAll('`', '').replace(', one file changed', '')}</text>`,
    );
  }
  return `${[...parts, '</svg>'].join('\n')}\n`;
}

/** Returns a logarithmic scale, rounded to a tenth. */
function scale(
  [low, high]: readonly [number, number],
  [start, end]: readonly [number, number],
): (value: number) => number {
  return value => {
    const share = (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
    return Math.round((start + share * (end - start)) * 10) / 10;
  };
}
