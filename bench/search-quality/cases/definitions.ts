import type { QualityGroup } from '../types';

/* Parts of APIs: paths, operations, schemas, fields, methods, messages. */

export const definitions: readonly QualityGroup[] = [
  {
    intent: 'operation',
    corpus: 'demo',
    cases: [
      {
        query: 'GET /bookings/{number}',
        expected: ['apis:api:default/booking-api#GET /bookings/{number}'],
        why: 'method and path',
      },
      {
        query: 'POST /bookings',
        expected: ['apis:api:default/booking-api#POST /bookings'],
        why: 'method and path',
      },
      {
        query: '/bookings',
        expected: [
          'apis:api:default/booking-api#POST /bookings',
          'apis:api:default/booking-api#GET /bookings/{number}',
          'apis:api:default/booking-api#DELETE /bookings/{number}',
        ],
        why: 'the beginning of paths',
      },
      { query: '/quotes', expected: ['apis:api:default/fares-api#POST /quotes'], why: 'a path' },
      {
        query: 'delete bookings',
        expected: ['apis:api:default/booking-api#DELETE /bookings/{number}'],
        why: 'method and path, loosely',
      },
      {
        query: '/gates/{gate}/scans',
        expected: ['apis:api:harbour/boarding-api#POST /gates/{gate}/scans'],
        why: 'a path',
      },
      {
        query: 'cancelBooking',
        expected: ['apis:api:default/booking-api#DELETE /bookings/{number}'],
        why: 'the id of an operation',
      },
      {
        query: 'createBooking',
        expected: ['apis:api:default/booking-api#POST /bookings'],
        why: 'the id of an operation',
      },
      {
        query: 'price one crossing',
        expected: ['apis:api:default/fares-api#POST /quotes'],
        why: 'a summary',
      },
      {
        query: 'check a ticket',
        expected: ['apis:api:harbour/boarding-api#POST /gates/{gate}/scans'],
        why: 'the beginning of a summary',
      },
      {
        query: 'fleet.sailings.v1',
        expected: [
          [
            'apis:api:default/sailing-events#publishSailings',
            'apis:api:default/sailing-events#sailings',
            'apis:api:default/sailing-events#fleet.sailings.v1',
          ],
        ],
        why: 'the address of a channel',
      },
    ],
  },
  {
    intent: 'schema, field, method',
    corpus: 'demo',
    cases: [
      {
        query: 'QuoteRequest',
        expected: ['apis:api:default/fares-api#QuoteRequest'],
        why: 'a schema',
      },
      {
        query: 'NewBooking',
        expected: ['apis:api:default/booking-api#NewBooking'],
        why: 'a schema',
      },
      {
        query: 'nextSailings',
        expected: ['apis:api:default/timetable-api#nextSailings'],
        why: 'a field of the query',
      },
      {
        query: 'moodChanged',
        expected: ['apis:api:default/timetable-api#moodChanged'],
        why: 'a field of the subscription',
      },
      {
        query: 'GetPosition',
        expected: ['apis:api:default/vessel-positions#GetPosition'],
        why: 'a method',
      },
      {
        query: 'VesselPositions Follow',
        expected: ['apis:api:default/vessel-positions#Follow'],
        why: 'a service and its method',
      },
      {
        query: 'follow req',
        expected: ['apis:api:default/vessel-positions#FollowRequest'],
        why: 'a message, unfinished',
      },
      {
        query: 'holdSeats',
        expected: ['apis:api:default/checkout-trpc#holdSeats'],
        why: 'a procedure',
      },
      {
        query: 'castOff',
        expected: [
          ['apis:api:default/sailing-events#CastOff', 'apis:api:default/sailing-events#castOff'],
        ],
        why: 'a message',
      },
    ],
  },
  {
    intent: 'operation',
    corpus: 'invented',
    cases: [
      {
        query: 'GET /orders/{orderId}',
        expected: ['apis:api:default/order-api#GET /orders/{orderId}'],
        why: 'method and path',
      },
      {
        query: 'GET /orders/{id}',
        expected: ['apis:api:default/order-api#GET /orders/{orderId}'],
        why: 'a parameter called otherwise',
      },
      {
        query: '/payments',
        expected: [
          'apis:api:default/payment-api#GET /payments',
          'apis:api:default/payment-api#POST /payments',
          'apis:api:default/payment-api#GET /payments/{paymentId}',
          'apis:api:default/payment-api#DELETE /payments/{paymentId}',
        ],
        why: 'the beginning of paths',
      },
      {
        query: 'DELETE /refunds',
        expected: ['apis:api:default/refund-api#DELETE /refunds/{refundId}'],
        why: 'method and the beginning of a path',
      },
      {
        query: 'listInvoices',
        expected: ['apis:api:default/invoice-api#GET /invoices'],
        why: 'the id of an operation',
      },
      {
        query: 'createVoucher',
        expected: ['apis:api:default/voucher-api#POST /vouchers'],
        why: 'the id of an operation',
      },
      {
        query: '/merchants',
        expected: [
          'apis:api:default/merchant-api#POST /merchants/{merchantId}/settlements',
          'apis:api:default/merchant-api#GET /merchants/{merchantId}/kyc-status',
          'apis:api:default/merchant-api#PUT /merchants/{merchantId}/bank-account',
        ],
        why: 'the beginning of paths',
      },
      {
        query: 'kyc-status',
        expected: ['apis:api:default/merchant-api#GET /merchants/{merchantId}/kyc-status'],
        why: 'the end of a path',
      },
      {
        query: 'replace bank account',
        expected: ['apis:api:default/merchant-api#PUT /merchants/{merchantId}/bank-account'],
        why: 'the words of an operation’s id',
      },
      {
        query: 'commerce.order.placed.v2',
        expected: ['apis:api:default/order-events#commerce.order.placed.v2'],
        why: 'a channel',
      },
    ],
  },
  {
    intent: 'schema, field, method',
    corpus: 'invented',
    cases: [
      {
        query: 'OrderPlaced',
        expected: [
          'apis:api:default/order-events#OrderPlaced',
          'apis:api:default/order-events#commerce.order.placed.v2',
        ],
        why: 'a message, and its channel',
      },
      {
        query: 'addToCart',
        expected: ['apis:api:default/storefront-graphql#addToCart'],
        why: 'a field of the mutation',
      },
      {
        query: 'cartTotals',
        expected: ['apis:api:default/storefront-graphql#cartTotals'],
        why: 'a field of the query',
      },
      {
        query: 'giftWrapped',
        expected: ['apis:api:default/storefront-graphql#CartLine'],
        why: 'a field of a type',
      },
      {
        query: 'StreamReadings',
        expected: ['apis:api:default/telemetry-grpc#StreamReadings'],
        why: 'a method',
      },
      {
        query: 'DeviceTelemetry.RegisterDevice',
        expected: ['apis:api:default/telemetry-grpc#RegisterDevice'],
        why: 'a method with its service',
      },
      {
        query: 'ShipmentPage',
        expected: ['apis:api:default/shipment-api#ShipmentPage'],
        why: 'a schema',
      },
      {
        query: 'settlement req',
        expected: ['apis:api:default/merchant-api#SettlementRequest'],
        why: 'a schema, unfinished',
      },
      {
        query: 'freezer celsius',
        expected: ['apis:api:default/telemetry-grpc#FreezerReading'],
        why: 'a message and its field',
      },
    ],
  },
];
