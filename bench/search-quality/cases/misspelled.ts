import type { QualityGroup } from '../types';

/* Letters that are missing, too many, wrong, or in the place of their neighbour. */

export const misspelled: readonly QualityGroup[] = [
  {
    intent: 'misspelled',
    corpus: 'demo',
    cases: [
      {
        query: 'bokking service',
        expected: ['component:default/booking-service'],
        why: 'a wrong letter',
      },
      {
        query: 'vesel traker',
        expected: ['component:default/vessel-tracker'],
        why: 'a letter missing in each word',
      },
      {
        query: 'timetabel',
        expected: [
          'system:default/timetable',
          'group:default/team-timetable',
          'component:default/timetable-service',
        ],
        why: 'a transposition',
      },
      { query: 'fare enigne', expected: ['component:default/fare-engine'], why: 'a transposition' },
      {
        query: 'tciket mailer',
        expected: ['component:default/ticket-mailer'],
        why: 'a transposition at the beginning',
      },
      { query: 'handbok', expected: ['component:default/handbook'], why: 'a letter missing' },
      {
        query: 'deck gatway',
        expected: ['component:default/deck-gateway'],
        why: 'a letter missing',
      },
      {
        query: 'qauy cluster',
        expected: ['resource:default/quay-cluster'],
        why: 'a transposition',
      },
      {
        query: 'sailling events',
        expected: ['api:default/sailing-events'],
        why: 'a letter too many',
      },
      {
        query: 'delay forcast',
        expected: ['component:default/delay-forecast'],
        why: 'a letter missing',
      },
      {
        query: 'bruno capstain',
        expected: ['user:default/bruno.capstan'],
        why: 'a letter too many',
      },
      {
        query: 'oversoled',
        expected: ['docs:booking/docs/runbooks/oversold.md'],
        why: 'a letter too many',
      },
      {
        query: 'glosary',
        expected: ['docs:handbook/docs/sailing/glossary.md'],
        why: 'a letter missing',
      },
      {
        query: 'typscript servce',
        expected: ['template:default/typescript-service'],
        why: 'a letter missing in each word',
      },
      {
        query: 'createBoking',
        expected: ['apis:api:default/booking-api#POST /bookings'],
        why: 'an operation, a letter missing',
      },
    ],
  },
  {
    intent: 'misspelled',
    corpus: 'invented',
    cases: [
      {
        query: 'paymnt servce',
        expected: ['component:default/payments-service', 'component:default/payments-service-v1'],
        order: ['component:default/payments-service', 'component:default/payments-service-v1'],
        why: 'a letter missing in each word, and the plural',
      },
      {
        query: 'ordres service',
        expected: ['component:default/orders-service'],
        why: 'a transposition',
      },
      { query: 'invioce api', expected: ['api:default/invoice-api'], why: 'a transposition' },
      {
        query: 'refudn gateway',
        expected: ['component:default/refund-gateway'],
        why: 'a transposition',
      },
      {
        query: 'wharehouse',
        expected: ['system:default/warehouse', 'component:default/warehouse-service'],
        why: 'a letter too many',
      },
      {
        query: 'notifcations',
        expected: ['system:default/notifications', 'component:default/notifications-service'],
        why: 'a letter missing',
      },
      {
        query: 'recomendations',
        expected: ['system:default/recommendations', 'component:default/recommendations-service'],
        why: 'a letter missing',
      },
      {
        query: 'subscripton importer',
        expected: ['component:default/subscription-importer'],
        why: 'a letter missing',
      },
      {
        query: 'chekout web',
        expected: ['component:default/checkout-web'],
        why: 'a letter missing',
      },
      {
        query: 'feture flags',
        expected: ['component:default/feature-flags'],
        why: 'a letter missing',
      },
      {
        query: 'fruad shield',
        expected: ['component:default/fraud-shield'],
        why: 'a transposition',
      },
      {
        query: 'custmer data lake',
        expected: ['resource:default/customer-data-lake'],
        why: 'a letter missing',
      },
      {
        query: 'idempotancy',
        expected: [
          'docs:handbook/docs/engineering/idempotency.md',
          'docs:handbook/docs/engineering/idempotency.md#idempotency-keys',
        ],
        why: 'a wrong letter',
      },
      {
        query: 'postmortum',
        expected: ['docs:handbook/docs/security/incident-response.md#writing-a-postmortem'],
        why: 'a wrong letter',
      },
      {
        query: 'priya ragunathan',
        expected: ['user:default/priya.raghunathan'],
        why: 'a letter missing',
      },
      {
        query: 'terrafrom module',
        expected: ['template:default/terraform-module'],
        why: 'a transposition',
      },
      {
        query: 'shiping service',
        expected: ['component:default/shipping-service'],
        why: 'a letter missing',
      },
      {
        query: 'loyality service',
        expected: ['component:default/loyalty-service'],
        why: 'a letter too many',
      },
      {
        query: 'discuont simulator',
        expected: ['component:default/discount-simulator'],
        why: 'a transposition',
      },
      {
        query: 'storefrnt graphql',
        expected: ['api:default/storefront-graphql'],
        why: 'a letter missing',
      },
    ],
  },
];
