import { replaceTables, table, thousands, time } from './resultTables';

/* Results of `npm run bench -- windows`, and the tables that docs/performance.md has of them. */

export interface Measurement {
  /** Median. */
  readonly milliseconds?: number;
  readonly p95?: number;
  /** Mean processor time of all threads of the extension host, in milliseconds. */
  readonly processor?: number;
  /** Resident memory of that process. */
  readonly megabytes?: number;
}

export interface Run {
  readonly date: string;
  /** Load average over the last five minutes, on two cores; at most 1 on an idle machine. */
  readonly load: number;
  readonly rows: Readonly<Record<string, Measurement>>;
}

export interface Results {
  /** By number of entities. */
  readonly sizes: Readonly<Record<string, Run>>;
}

interface Row {
  readonly name: string;
  readonly title: string;
  readonly wanted?: string;
}

const starts: readonly Row[] = [
  { name: 'floor', title: 'floor: find and read the files' },
  { name: 'emptyLoad', title: 'floor: page load to an empty workbench' },
  { name: 'firstLoad', title: 'first start: page load to the whole tree' },
  { name: 'firstRows', title: 'first start: activation to the first rows' },
  {
    name: 'firstTree',
    title: 'first start: activation to the whole tree',
    wanted: '2 s for 10,000; 8 s for 100,000',
  },
  { name: 'secondLoad', title: 'second start: page load to the whole tree' },
  {
    name: 'secondTree',
    title: 'second start: activation to the whole tree',
    wanted: '0.5 s; 1.5 s for 100,000',
  },
];

const memory: readonly Row[] = [
  { name: 'emptyMemory', title: 'floor: an empty window' },
  { name: 'emptyHeld', title: '… collected' },
  { name: 'firstMemory', title: 'after a first start' },
  { name: 'firstHeld', title: '… collected', wanted: 'floor + 80; 400 for 100,000' },
  { name: 'secondMemory', title: 'after a second start' },
  { name: 'secondHeld', title: '… collected', wanted: 'floor + 80; 400 for 100,000' },
  { name: 'usedMemory', title: 'after all that is measured here' },
];

const use: readonly Row[] = [
  { name: 'goToEntityFirst', title: 'Go to Entity…: command to rows, first' },
  { name: 'goToEntity', title: 'Go to Entity…: key to rows', wanted: 'p95 30 ms; 60 for 100,000' },
  { name: 'searchFirst', title: 'Search…: command to rows, first' },
  { name: 'search', title: 'Search…: key to rows', wanted: 'p95 30 ms; 60 for 100,000' },
  { name: 'pageFirst', title: 'entity page: first page of the window' },
  { name: 'pageNew', title: 'entity page: in a new tab' },
  { name: 'page', title: 'entity page: in an open tab', wanted: '150 ms' },
  { name: 'tableFirst', title: 'table: first, in an open tab', wanted: '200 ms' },
  { name: 'table', title: 'table: in an open tab', wanted: '200 ms' },
  { name: 'graphFirst', title: 'whole graph: first, in an open tab', wanted: '1.5 s' },
  { name: 'graph', title: 'whole graph: in an open tab', wanted: '1.5 s' },
  ...[1, 10, 100, 1000].flatMap(count => [
    {
      name: `edit${count}`,
      title: `edit to diagnostics, file of ${thousands(String(count))}`,
      wanted: '60 ms',
    },
    { name: `editSeen${count}`, title: '… key to squiggle' },
  ]),
  { name: 'docs', title: 'docs of 20 kB: key to picture', wanted: '40 ms' },
];

/** Returns the page with tables of these results between its markers. @throws if it has no markers */
export function pageWith(page: string, { sizes }: Results): string {
  const columns = Object.entries(sizes);
  const runs = columns.map(
    ([count, { date, load }]) => `${thousands(count)} entities: ${date}, load ${load.toFixed(1)}`,
  );
  const tableOf = (rows: readonly Row[]): string =>
    table([
      ['', ...columns.map(([count]) => thousands(count)), 'wanted'],
      ...rows.map(({ name, title, wanted = '' }) => [
        title,
        ...columns.map(([, run]) => cell(run.rows[name])),
        wanted,
      ]),
    ]);
  if (!runs.length) return replaceTables(page, 'windows', ['Not measured yet.']);
  return replaceTables(page, 'windows', [
    `${runs.join('. ')}.`,
    tableOf(starts),
    'Resident memory of the extension host, idle, and after a garbage collection:',
    tableOf(memory),
    'In the window of the second start:',
    tableOf(use),
  ]);
}

function cell({ milliseconds, p95, processor, megabytes }: Measurement = {}): string {
  if (megabytes !== undefined) return `${megabytes.toFixed(0)} MB`;
  if (milliseconds === undefined) return '';
  const whole = time(milliseconds / 1000);
  const high = p95 === undefined ? '' : `, p95 ${time(p95 / 1000)}`;
  return `${whole}${high}${processor === undefined ? '' : ` (${time(processor / 1000)})`}`;
}
