import type { CardContent } from '../../../src/api';
import type { EntityViews, PortalContributions } from '../../../src/features/plugins/core';

const url = { type: 'url', url: 'https://example.com/' } as const;

/** A card of each type that shows figures. */
const contents: readonly CardContent[] = [
  {
    type: 'metrics',
    metrics: [
      { label: 'Coverage', value: 84.2, unit: '%', tone: 'good', trend: 'up', target: url },
      { label: 'Bugs', value: 12, tone: 'bad', trend: 'down', description: '3 new this week' },
      { label: 'Duplication', value: '1.4', unit: '%', trend: 'steady' },
    ],
  },
  {
    type: 'rating',
    ratings: [
      { label: 'Security', grade: 'A', tone: 'good' },
      { label: 'Reliability', grade: 'C', tone: 'warning', description: 'B is required' },
      { label: 'Maintainability', grade: 'E', tone: 'bad', target: url },
    ],
  },
  {
    type: 'status',
    items: [
      { label: 'production', status: 'ok', text: 'v1.4.2', target: url },
      { label: 'staging', status: 'running', description: 'Rolling out v1.5.0' },
      { label: 'preview', status: 'error' },
      { label: 'load test', status: 'pending' },
      { label: 'archive', status: 'unknown' },
      { label: 'mirror', status: 'warning' },
    ],
  },
  {
    type: 'timeline',
    events: [
      { at: '2026-01-02T10:00:00Z', title: 'Deployed v1.4.1', icon: 'rocket', tone: 'good' },
      { at: '2026-02-03T10:00:00Z', title: 'Deployed v1.4.2', description: 'By Ada', target: url },
      { at: 'soon', title: 'Deploys v1.5.0' },
    ],
  },
  {
    type: 'table',
    columns: [{ title: 'Module' }, { title: 'Lines', align: 'end' }],
    rows: [
      [[{ type: 'link', text: 'core', target: url }], [{ type: 'text', text: '1,204' }]],
      [[{ type: 'badge', text: 'web', tone: 'info' }], [{ type: 'text', text: '310' }]],
    ],
  },
  {
    type: 'chart',
    label: 'Coverage by week',
    labels: ['W1', 'W2', 'W3', 'W4'],
    unit: '%',
    series: [
      { label: 'Lines', values: [70, 74, 73, 84], tone: 'good' },
      { label: 'Branches', values: [60, null, 62, 66] },
    ],
  },
  {
    type: 'markdown',
    text: 'Owned by **Ada**, see [the runbook](https://example.com/run).\n\n<script>alert(1)</script>\n\n- one\n- two',
  },
];

/** Adds a card of each type that shows figures, and a column of the table. */
export function addFigureCards(contributions: PortalContributions, views: EntityViews): void {
  for (const content of contents) {
    contributions.addEntityCard({
      id: `figures.${content.type}`,
      title: `A ${content.type}`,
      tab: 'figures',
      load: () => content,
    });
  }
  contributions.addEntityTab({ id: 'figures', title: 'Figures', order: 1 });
  views.addEntityColumn({
    id: 'figures.letters',
    title: 'Letters',
    cellFor: ({ metadata: { name } }) => ({
      text: `${name.length} letters`,
      sort: name.length,
      tone: 'good',
      icon: 'symbol-text',
    }),
  });
}
