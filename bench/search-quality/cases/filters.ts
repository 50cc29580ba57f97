import type { QualityGroup } from '../types';

/* Filters, alone and with words, and what is excluded. */

export const filters: readonly QualityGroup[] = [
  {
    intent: 'filter',
    corpus: 'demo',
    cases: [
      {
        query: 'kind:api',
        expected: [
          'api:default/booking-api',
          'api:default/checkout-trpc',
          'api:default/fares-api',
          'api:default/sailing-events',
          'api:default/timetable-api',
          'api:default/timetable-mcp',
          'api:default/vessel-positions',
          'api:harbour/boarding-api',
        ],
        why: 'all there are',
      },
      {
        query: 'kind:system',
        expected: [
          'system:default/booking',
          'system:default/developer-platform',
          'system:default/fleet-tracking',
          'system:default/timetable',
          'system:default/visitor-welcome',
          'system:harbour/boarding',
        ],
        why: 'all there are',
      },
      { query: 'type:database', expected: ['resource:default/booking-db'], why: 'the only one' },
      { query: 'type:graphql', expected: ['api:default/timetable-api'], why: 'the only one' },
      {
        query: 'type:library',
        expected: [
          'component:default/fare-rules',
          'component:default/tide-tables',
          'component:default/tide-ui',
        ],
        why: 'all there are',
      },
      {
        query: 'kind:component owner:team-bridge',
        expected: ['component:default/vessel-tracker', 'component:default/delay-forecast'],
        why: 'all there are',
      },
      {
        query: 'kind:component owner:nell.foghorn',
        expected: ['component:default/fare-engine'],
        why: 'the only one',
      },
      {
        query: 'lifecycle:deprecated',
        expected: ['component:default/printed-timetable'],
        why: 'the only one',
      },
      {
        query: 'tag:kafka',
        expected: ['api:default/sailing-events', 'resource:default/position-stream'],
        why: 'all there are',
      },
      { query: 'tag:c#', expected: ['component:harbour/gate-service'], why: 'a tag with a sign' },
      {
        query: 'kind:resource system:booking',
        expected: [
          'resource:default/booking-db',
          'resource:default/seat-holds',
          'resource:default/ticket-outbox',
        ],
        why: 'all there are',
      },
      {
        query: 'kind:api lifecycle:experimental',
        expected: ['api:default/checkout-trpc', 'api:default/timetable-mcp'],
        why: 'all there are',
      },
      {
        query: 'kind:component tag:python',
        expected: [
          'component:default/delay-forecast',
          'component:default/tide-tables',
          'component:default/timetable-importer',
          'component:default/timetable-service',
        ],
        why: 'all there are',
      },
      {
        query: 'kind:component owner:me',
        expected: [
          'component:default/booking-service',
          'component:default/fare-engine',
          'component:default/fare-rules',
          'component:default/ticket-mailer',
        ],
        preferences: { mine: ['user:default/nell.foghorn', 'group:default/team-booking'] },
        why: 'what is mine or my team’s',
      },
      {
        query: 'kind:system kind:domain timetable',
        expected: ['system:default/timetable'],
        never: ['component:default/timetable-service'],
        why: 'two of a kind are alternatives',
      },
      {
        query: 'kind:component owner:group:harbour/pier-crew',
        expected: ['component:harbour/gate-service'],
        why: 'a full ref',
      },
    ],
  },
  {
    intent: 'filter and words',
    corpus: 'demo',
    cases: [
      {
        query: 'in:docs tides',
        expected: ['docs:timetable/docs/tides.md'],
        never: ['component:default/tide-tables'],
        why: 'of what matches, the pages',
      },
      {
        query: 'in:apis sailing',
        expected: [
          'apis:api:default/timetable-api#Sailing',
          'apis:api:default/sailing-events#Sailing',
          'apis:api:default/timetable-api#nextSailings',
        ],
        never: ['api:default/sailing-events'],
        why: 'of what matches, parts of definitions',
      },
      {
        query: 'in:templates service',
        expected: ['template:default/typescript-service'],
        never: ['component:default/booking-service'],
        why: 'of what matches, the templates',
      },
      {
        query: 'in:people booking',
        expected: ['group:default/team-booking'],
        never: ['system:default/booking'],
        why: 'of what matches, people and teams',
      },
      {
        query: 'gate kind:component',
        expected: ['component:harbour/gate-service', 'component:harbour/gate-scanner'],
        never: ['apis:api:harbour/boarding-api#POST /gates/{gate}/scans'],
        why: 'words and a filter',
      },
      {
        query: 'timetable lifecycle:experimental',
        expected: ['component:default/timetable-mcp-server', 'api:default/timetable-mcp'],
        never: ['component:default/timetable-service'],
        why: 'words and a filter',
      },
      {
        query: 'ticket type:worker',
        expected: ['component:default/ticket-mailer'],
        why: 'words and a filter',
      },
    ],
  },
  {
    intent: 'exclusion',
    corpus: 'demo',
    cases: [
      {
        query: 'timetable -printed',
        expected: [
          'system:default/timetable',
          'group:default/team-timetable',
          'component:default/timetable-service',
        ],
        never: ['component:default/printed-timetable'],
        why: 'without a word',
      },
      {
        query: 'booking -kind:api',
        expected: [
          'system:default/booking',
          'group:default/team-booking',
          'component:default/booking-service',
        ],
        never: ['api:default/booking-api'],
        why: 'without a kind',
      },
      {
        query: 'booking -"paid ticket"',
        expected: [
          'component:default/booking-service',
          'group:default/team-booking',
          'api:default/booking-api',
        ],
        never: ['system:default/booking'],
        why: 'without a phrase',
      },
      {
        query: 'kind:component type:service -tag:typescript',
        expected: [
          'component:default/fare-engine',
          'component:default/lost-property',
          'component:default/timetable-service',
          'component:default/vessel-tracker',
          'component:harbour/gate-service',
        ],
        never: ['component:default/booking-service', 'component:default/timetable-mcp-server'],
        why: 'all but some',
      },
      {
        query: 'gate -in:docs -in:apis',
        expected: ['component:harbour/gate-service', 'component:harbour/gate-scanner'],
        never: ['apis:api:harbour/boarding-api#POST /gates/{gate}/scans'],
        why: 'without two types',
      },
    ],
  },
  {
    intent: 'filter',
    corpus: 'invented',
    cases: [
      {
        query: 'kind:api type:graphql',
        expected: ['api:default/storefront-graphql'],
        why: 'the only one',
      },
      { query: 'tag:sepa', expected: ['component:default/ueberweisung'], why: 'the only one' },
      {
        query: 'tag:llm',
        expected: ['component:default/ai-shopping-assistant'],
        why: 'the only one',
      },
      {
        query: 'type:mobile-app',
        expected: ['component:default/ordertracker'],
        why: 'the only one',
      },
      {
        query: 'lifecycle:deprecated',
        expected: ['component:default/payments-service-v1', 'component:default/orders-service-v1'],
        why: 'all there are',
      },
      {
        query: 'kind:component type:service owner:team-fraud',
        expected: [
          'component:default/fraud-service',
          'component:default/fraud-shield',
          'component:default/transaction-gateway',
        ],
        why: 'all there are',
      },
      {
        query: 'kind:component type:service system:payouts',
        expected: [
          'component:default/payouts-service',
          'component:default/payout-gateway',
          'component:default/ueberweisung',
        ],
        why: 'all there are',
      },
      {
        query: 'kind:resource tag:kafka',
        expected: ['resource:default/events-kafka'],
        why: 'the only one',
      },
      {
        query: 'kind:component owner:platform-engineering',
        expected: ['component:default/feature-flags', 'component:default/log-shipper'],
        why: 'all there are',
      },
      {
        query: 'kind:template',
        expected: [
          'template:default/spring-boot-service',
          'template:default/react-frontend',
          'template:default/terraform-module',
          'template:default/kafka-consumer',
        ],
        why: 'all there are',
      },
    ],
  },
  {
    intent: 'filter and words',
    corpus: 'invented',
    cases: [
      {
        query: 'in:docs refunds rollback',
        expected: ['docs:refunds/docs/releases.md#rollback'],
        why: 'of what matches, the pages',
      },
      {
        query: 'in:templates java',
        expected: ['template:default/spring-boot-service'],
        why: 'of what matches, the templates',
      },
      {
        query: 'in:apis create voucher',
        expected: ['apis:api:default/voucher-api#POST /vouchers'],
        why: 'a summary, nearly',
      },
      {
        query: 'kafka kind:template',
        expected: ['template:default/kafka-consumer'],
        never: ['resource:default/events-kafka'],
        why: 'words and a filter',
      },
      {
        query: 'kind:group reliability',
        expected: ['group:default/site-reliability'],
        why: 'words and a filter',
      },
      {
        query: 'payments service lifecycle:production',
        expected: ['component:default/payments-service'],
        never: ['component:default/payments-service-v1'],
        why: 'words and a filter',
      },
      {
        query: 'gateway system:loyalty',
        expected: ['component:default/reward-gateway'],
        never: ['component:default/refund-gateway'],
        why: 'words and a filter',
      },
    ],
  },
  {
    intent: 'exclusion',
    corpus: 'invented',
    cases: [
      {
        query: 'payments service -v1',
        expected: ['component:default/payments-service'],
        never: ['component:default/payments-service-v1'],
        why: 'without a word',
      },
      {
        query: 'kafka -kind:template',
        expected: ['resource:default/events-kafka'],
        never: ['template:default/kafka-consumer'],
        why: 'without a kind',
      },
      {
        query: 'fraud -in:docs -in:apis',
        expected: [
          'system:default/fraud',
          'component:default/fraud-service',
          'component:default/fraud-shield',
          'group:default/team-fraud',
        ],
        never: ['docs:fraud/docs/runbook.md', 'apis:api:default/transaction-api#GET /fraud'],
        why: 'without two types',
      },
      {
        query: 'tracking -"on a map"',
        expected: ['system:default/tracking', 'component:default/tracking-service'],
        never: ['component:default/ordertracker'],
        why: 'without a phrase',
      },
    ],
  },
];
