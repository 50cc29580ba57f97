import type { QualityGroup } from '../types';

/* Among what fits as well: mine, starred and recent first, what is deprecated last; but a better fit before them. */

export const preferences: readonly QualityGroup[] = [
  {
    intent: 'preferences',
    corpus: 'demo',
    cases: [
      {
        query: 'service',
        expected: [
          'component:harbour/gate-service',
          'component:default/booking-service',
          'component:default/timetable-service',
        ],
        order: ['component:harbour/gate-service', 'component:default/booking-service'],
        preferences: { starred: ['component:harbour/gate-service'] },
        why: 'starred',
      },
      {
        query: 'service',
        expected: [
          'component:default/timetable-service',
          'component:default/booking-service',
          'component:harbour/gate-service',
        ],
        order: ['component:default/timetable-service', 'component:default/booking-service'],
        preferences: { mine: ['group:default/team-timetable'] },
        why: 'my team’s',
      },
      {
        query: 'api',
        expected: ['api:default/timetable-api', 'api:default/booking-api', 'api:default/fares-api'],
        order: ['api:default/timetable-api', 'api:default/booking-api'],
        preferences: { recent: ['api:default/timetable-api'] },
        why: 'recent',
      },
      {
        query: 'booking-service',
        expected: ['component:default/booking-service'],
        order: ['component:default/booking-service', 'resource:default/booking-db'],
        preferences: { starred: ['resource:default/booking-db'] },
        why: 'the exact name before a starred neighbour',
      },
      {
        query: 'tide',
        expected: ['component:default/tide-tables', 'component:default/tide-ui'],
        order: ['component:default/tide-tables', 'component:default/tide-ui'],
        preferences: { starred: ['component:default/tide-tables'] },
        why: 'starred',
      },
      {
        query: '',
        expected: [
          'component:default/vessel-tracker',
          'resource:default/quay-cluster',
          'component:default/tide-ui',
        ],
        preferences: {
          starred: ['component:default/vessel-tracker', 'component:default/tide-ui'],
          recent: ['resource:default/quay-cluster'],
        },
        why: 'nothing typed: starred and recent',
      },
    ],
  },
  {
    intent: 'deprecated last',
    corpus: 'demo',
    cases: [
      {
        query: 'timetable kind:component',
        expected: [
          'component:default/timetable-service',
          'component:default/timetable-importer',
          'component:default/timetable-mcp-server',
          'component:default/printed-timetable',
        ],
        order: ['component:default/timetable-importer', 'component:default/printed-timetable'],
        why: 'the retired one last',
      },
    ],
  },
  {
    intent: 'preferences',
    corpus: 'invented',
    cases: [
      {
        query: 'gateway',
        expected: ['component:default/refund-gateway'],
        order: ['component:default/refund-gateway', 'component:default/payment-gateway'],
        preferences: { starred: ['component:default/refund-gateway'] },
        why: 'starred',
      },
      {
        query: 'gateway',
        expected: ['component:default/reward-gateway'],
        order: ['component:default/reward-gateway', 'component:default/payment-gateway'],
        preferences: { mine: ['user:default/priya.raghunathan', 'group:default/team-loyalty'] },
        why: 'my team’s',
      },
      {
        query: 'importer',
        expected: ['component:default/route-importer'],
        order: ['component:default/route-importer', 'component:default/payment-importer'],
        preferences: { recent: ['component:default/route-importer'] },
        why: 'recent',
      },
      {
        query: 'dashboard',
        expected: ['component:default/meter-dashboard', 'component:default/room-dashboard'],
        order: ['component:default/room-dashboard', 'component:default/order-dashboard'],
        preferences: {
          starred: ['component:default/meter-dashboard'],
          recent: ['component:default/room-dashboard'],
        },
        why: 'starred and recent',
      },
      {
        query: 'runbook',
        expected: ['docs:energy/docs/runbook.md'],
        order: ['docs:energy/docs/runbook.md', 'docs:payments/docs/runbook.md'],
        preferences: { mine: ['group:default/team-energy'] },
        why: 'the page of my team’s docs',
      },
      {
        query: 'payments-service',
        expected: ['component:default/payments-service'],
        order: ['component:default/payments-service', 'component:default/payments-service-v1'],
        preferences: { starred: ['component:default/payment-gateway'] },
        why: 'the exact name before a starred neighbour',
      },
      {
        query: '',
        expected: ['component:default/fraud-shield', 'resource:default/ledger-db'],
        preferences: {
          starred: ['component:default/fraud-shield'],
          recent: ['resource:default/ledger-db'],
        },
        why: 'nothing typed: starred and recent',
      },
    ],
  },
  {
    intent: 'deprecated last',
    corpus: 'invented',
    cases: [
      {
        query: 'payments service',
        expected: ['component:default/payments-service', 'component:default/payments-service-v1'],
        order: ['component:default/payments-service', 'component:default/payments-service-v1'],
        why: 'the first one is to go',
      },
      {
        query: 'orders service',
        expected: ['component:default/orders-service', 'component:default/orders-service-v1'],
        order: ['component:default/orders-service', 'component:default/orders-service-v1'],
        why: 'the first one is to go',
      },
      {
        query: 'tag:java orders service',
        expected: ['component:default/orders-service-v1'],
        why: 'found all the same',
      },
    ],
  },
];
