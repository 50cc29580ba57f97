import type { QualityGroup } from '../types';
import { areaOf } from './sets';

/* What something is called, whole or as far as it has been typed. */

export const names: readonly QualityGroup[] = [
  {
    intent: 'exact name',
    corpus: 'demo',
    cases: [
      { query: 'tide-ui', expected: ['component:default/tide-ui'], why: 'its name' },
      {
        query: 'booking-service',
        expected: ['component:default/booking-service'],
        why: 'its name',
      },
      { query: 'Quay Cluster', expected: ['resource:default/quay-cluster'], why: 'its title' },
      {
        query: 'FARE ENGINE',
        expected: ['component:default/fare-engine'],
        why: 'its title, shouted',
      },
      {
        query: 'skerry-web',
        expected: ['component:default/skerry-web', 'component:default/skerry-web-ja'],
        order: ['component:default/skerry-web', 'component:default/skerry-web-ja'],
        why: 'the exact name before the longer',
      },
      {
        query: 'timetable',
        expected: [
          'system:default/timetable',
          'group:default/team-timetable',
          'component:default/timetable-service',
          'api:default/timetable-api',
        ],
        why: 'called that, or beginning so',
      },
      {
        query: 'booking db',
        expected: ['resource:default/booking-db'],
        why: 'its name without the hyphen',
      },
      { query: 'Deckhand', expected: ['airesource:default/deckhand'], why: 'its title' },
      { query: 'crew handbook', expected: ['component:default/handbook'], why: 'its title' },
      {
        query: 'skerry-line.example.com',
        expected: ['component:default/skerry-web'],
        why: 'a title that is an address',
      },
      {
        query: 'component:default/tide-ui',
        expected: ['component:default/tide-ui'],
        why: 'a ref that was pasted',
      },
      {
        query: 'boarding',
        expected: ['system:harbour/boarding'],
        why: 'its name, in another namespace',
      },
      { query: 'ticketing', expected: ['domain:default/ticketing'], why: 'a domain' },
      {
        query: 'chandlery',
        expected: ['airesource:default/chandlery'],
        why: 'its name; the title has an article',
      },
    ],
  },
  {
    intent: 'prefix',
    corpus: 'demo',
    cases: [
      {
        query: 'book',
        expected: [
          'system:default/booking',
          'component:default/booking-service',
          'group:default/team-booking',
          'api:default/booking-api',
        ],
        why: 'names that begin so',
      },
      {
        query: 'vess',
        expected: ['component:default/vessel-tracker', 'api:default/vessel-positions'],
        why: 'names that begin so',
      },
      {
        query: 'fare-e',
        expected: ['component:default/fare-engine'],
        why: 'cut off in the second word',
      },
      {
        query: 'timetable-mc',
        expected: ['api:default/timetable-mcp', 'component:default/timetable-mcp-server'],
        why: 'cut off in the second word',
      },
      {
        query: 'gate s',
        expected: ['component:harbour/gate-service', 'component:harbour/gate-scanner'],
        why: 'both go on so',
      },
      {
        query: 'lost p',
        expected: ['component:default/lost-property'],
        why: 'cut off in the second word',
      },
      {
        query: 'quay cl',
        expected: ['resource:default/quay-cluster'],
        why: 'cut off in the second word',
      },
      { query: 'print', expected: ['component:default/printed-timetable'], why: 'begins so' },
      {
        query: 'forec',
        expected: ['component:default/delay-forecast'],
        why: 'its second word begins so',
      },
    ],
  },
  {
    intent: 'short',
    corpus: 'demo',
    cases: [
      {
        query: 'q',
        expected: [
          'resource:default/quay-cluster',
          'apis:api:default/fares-api#POST /quotes',
          'apis:api:default/fares-api#Quote',
          'apis:api:default/fares-api#QuoteRequest',
        ],
        why: 'all that begins so',
      },
      { query: 'ui', expected: ['component:default/tide-ui'], why: 'a whole word of the name' },
      {
        query: 'go',
        expected: [
          'component:default/fare-engine',
          'component:default/fare-rules',
          'component:default/vessel-tracker',
        ],
        why: 'the tag of the language',
      },
      {
        query: 'ai',
        expected: ['component:default/timetable-mcp-server', 'api:default/timetable-mcp'],
        why: 'the tag',
      },
      { query: 'c#', expected: ['component:harbour/gate-service'], why: 'the tag of the language' },
    ],
  },
  {
    intent: 'exact name',
    corpus: 'invented',
    cases: [
      {
        query: 'payments-service',
        expected: ['component:default/payments-service'],
        order: ['component:default/payments-service', 'component:default/payments-service-v1'],
        why: 'its name; the deprecated one after it',
      },
      { query: 'checkout-web', expected: ['component:default/checkout-web'], why: 'its name' },
      { query: 'order-api', expected: ['api:default/order-api'], why: 'its name' },
      { query: 'Fraud Shield', expected: ['component:default/fraud-shield'], why: 'its title' },
      {
        query: 'customer data lake',
        expected: ['resource:default/customer-data-lake'],
        why: 'its title',
      },
      { query: 'refund gateway', expected: ['component:default/refund-gateway'], why: 'its title' },
      { query: 'ledger-db', expected: ['resource:default/ledger-db'], why: 'its name' },
      {
        query: 'warehouse',
        expected: [
          'system:default/warehouse',
          'component:default/warehouse-service',
          'resource:default/warehouse-db',
        ],
        order: ['system:default/warehouse', 'resource:default/warehouse-db'],
        why: 'called that, or beginning so',
      },
      {
        query: 'component:default/feature-flags',
        expected: ['component:default/feature-flags'],
        why: 'a ref that was pasted',
      },
      {
        query: 'shopping assistant',
        expected: ['component:default/ai-shopping-assistant'],
        why: 'its title',
      },
    ],
  },
  {
    intent: 'prefix',
    corpus: 'invented',
    cases: [
      {
        query: 'inv',
        expected: [...areaOf('invoices', 'invoice'), ...areaOf('inventory', 'stock')],
        why: 'names of two areas begin so',
      },
      {
        query: 'payments-s',
        expected: ['component:default/payments-service', 'component:default/payments-service-v1'],
        order: ['component:default/payments-service', 'component:default/payments-service-v1'],
        why: 'the deprecated one last',
      },
      {
        query: 'frau',
        expected: [
          'system:default/fraud',
          'component:default/fraud-shield',
          'component:default/fraud-service',
        ],
        why: 'names that begin so',
      },
      {
        query: 'checkout-w',
        expected: ['component:default/checkout-web'],
        why: 'cut off in the second word',
      },
      {
        query: 'feature f',
        expected: ['component:default/feature-flags'],
        why: 'cut off in the second word',
      },
      { query: 'stripe', expected: ['component:default/stripe-webhook-relay'], why: 'begins so' },
      {
        query: 'kafk',
        expected: ['resource:default/events-kafka', 'template:default/kafka-consumer'],
        why: 'words of the names begin so',
      },
      {
        query: 'voucher-sim',
        expected: ['component:default/voucher-simulator'],
        why: 'cut off in the second word',
      },
      {
        query: 'recommendation-d',
        expected: ['component:default/recommendation-dashboard'],
        why: 'cut off in the second word',
      },
      {
        query: 'log sh',
        expected: ['component:default/log-shipper'],
        why: 'cut off in the second word',
      },
    ],
  },
  {
    intent: 'short',
    corpus: 'invented',
    cases: [
      {
        query: 'v1',
        expected: ['component:default/payments-service-v1', 'component:default/orders-service-v1'],
        why: 'a whole word of the names',
      },
      {
        query: 'ai',
        expected: ['component:default/ai-shopping-assistant'],
        why: 'a whole word of the name',
      },
      {
        query: 'en',
        expected: [
          'system:default/energy',
          'component:default/energy-service',
          'resource:default/energy-db',
        ],
        why: 'names that begin so',
      },
    ],
  },
];
