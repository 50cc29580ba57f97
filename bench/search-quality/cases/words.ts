import type { QualityGroup } from '../types';

/* Words in another order, joined or split, in other scripts, and those that only a description has. */

export const words: readonly QualityGroup[] = [
  {
    intent: 'another order',
    corpus: 'demo',
    cases: [
      {
        query: 'service booking',
        expected: ['component:default/booking-service'],
        why: 'two words, turned',
      },
      {
        query: 'engine fare',
        expected: ['component:default/fare-engine'],
        why: 'two words, turned',
      },
      {
        query: 'tracker vessel',
        expected: ['component:default/vessel-tracker'],
        why: 'two words, turned',
      },
      {
        query: 'capstan bruno',
        expected: ['user:default/bruno.capstan'],
        why: 'the family name first',
      },
    ],
  },
  {
    intent: 'another order',
    corpus: 'invented',
    cases: [
      {
        query: 'gateway refund',
        expected: ['component:default/refund-gateway'],
        why: 'two words, turned',
      },
      {
        query: 'service inventory',
        expected: ['component:default/inventory-service'],
        why: 'two words, turned',
      },
      {
        query: 'lake customer',
        expected: ['resource:default/customer-data-lake'],
        why: 'two words, turned, one left out',
      },
      {
        query: 'okonkwo grace',
        expected: ['user:default/grace.okonkwo'],
        why: 'the family name first',
      },
    ],
  },
  {
    intent: 'joined and split',
    corpus: 'demo',
    cases: [
      {
        query: 'bookingService',
        expected: ['component:default/booking-service'],
        why: 'as in code',
      },
      { query: 'vesselTracker', expected: ['component:default/vessel-tracker'], why: 'as in code' },
      { query: 'timetable_api', expected: ['api:default/timetable-api'], why: 'as in Python' },
      { query: 'seatHolds', expected: ['resource:default/seat-holds'], why: 'as in code' },
      { query: 'farerules', expected: ['component:default/fare-rules'], why: 'without the hyphen' },
      {
        query: 'hold seats',
        expected: [
          'apis:api:default/checkout-trpc#holdSeats',
          'apis:api:default/booking-api#POST /bookings',
          'component:default/booking-service',
          'resource:default/seat-holds',
        ],
        why: 'a procedure, a summary, a description, and a name',
      },
    ],
  },
  {
    intent: 'joined and split',
    corpus: 'invented',
    cases: [
      {
        query: 'orderService',
        expected: ['component:default/orders-service', 'component:default/orders-service-v1'],
        order: ['component:default/orders-service', 'component:default/orders-service-v1'],
        why: 'as in code',
      },
      { query: 'FraudShield', expected: ['component:default/fraud-shield'], why: 'as in code' },
      {
        query: 'order tracker',
        expected: ['component:default/ordertracker'],
        why: 'a camel case name in two words',
      },
      {
        query: 'order-tracker',
        expected: ['component:default/ordertracker'],
        why: 'a camel case name with a hyphen',
      },
      { query: 'checkout_web', expected: ['component:default/checkout-web'], why: 'as in Python' },
      {
        query: 'featureflags',
        expected: ['component:default/feature-flags'],
        why: 'without the hyphen',
      },
      {
        query: 'add to cart',
        expected: ['apis:api:default/storefront-graphql#addToCart'],
        why: 'the words of a field',
      },
    ],
  },
  {
    intent: 'other scripts',
    corpus: 'demo',
    cases: [
      {
        query: '島めぐり',
        expected: ['component:default/skerry-web-ja', 'user:default/yuki.minato'],
        why: 'a title, and a description',
      },
      {
        query: '時刻表',
        expected: ['component:default/skerry-web-ja'],
        why: 'a word in the middle of a description',
      },
      { query: '港', expected: ['user:default/yuki.minato'], why: 'a name of one character' },
      {
        query: 'ようこそ',
        expected: ['group:default/team-welcome'],
        why: 'a greeting in a description',
      },
      { query: 'Björkholm', expected: ['user:default/ase.bjorkholm'], why: 'as it is written' },
      { query: 'bjorkholm', expected: ['user:default/ase.bjorkholm'], why: 'without the dots' },
      { query: 'ase', expected: ['user:default/ase.bjorkholm'], why: 'without the ring' },
      { query: 'Möwe', expected: ['user:harbour/pia.moewe'], why: 'as it is written' },
      { query: 'mowe', expected: ['user:harbour/pia.moewe'], why: 'without the dots' },
      {
        query: 'schranke öffnet',
        expected: ['component:harbour/gate-service'],
        why: 'words of a German description',
      },
      {
        query: 'gruesst freundlich',
        expected: ['component:harbour/gate-service'],
        why: 'ü and ß on another keyboard',
      },
    ],
  },
  {
    intent: 'other scripts',
    corpus: 'invented',
    cases: [
      {
        query: 'Überweisung',
        expected: ['component:default/ueberweisung'],
        why: 'as it is written',
      },
      {
        query: 'uberweisung',
        expected: ['component:default/ueberweisung'],
        why: 'without the dots',
      },
      {
        query: '配送',
        expected: ['component:default/haiso-portal', 'user:default/haruki.tanaka'],
        why: 'a title, and a description',
      },
      {
        query: '荷物',
        expected: ['component:default/haiso-portal'],
        why: 'a word of a description',
      },
      { query: '田中', expected: ['user:default/haruki.tanaka'], why: 'a family name' },
      {
        query: 'etranger',
        expected: ['component:default/facturation'],
        why: 'without accents, behind an apostrophe',
      },
      { query: 'склад', expected: ['component:default/sklad'], why: 'in lower case' },
      { query: 'остатки', expected: ['component:default/sklad'], why: 'the second word' },
      {
        query: 'Wisniewska',
        expected: ['user:default/zofia.wisniewska'],
        why: 'without the accent',
      },
      { query: 'joao', expected: ['user:default/joao.silva'], why: 'without the tilde' },
      { query: 'Ødegaard', expected: ['user:default/lars.oedegaard'], why: 'as it is written' },
      { query: 'Müller', expected: ['user:default/anneliese.mueller'], why: 'as it is written' },
      {
        query: 'urlaubsubergabe',
        expected: ['docs:handbook/docs/de/urlaub.md'],
        why: 'without the dots',
      },
      {
        query: 'rufbereitschaft',
        expected: ['docs:handbook/docs/de/urlaub.md#vertretungsregelung'],
        why: 'a word of a German page',
      },
    ],
  },
  {
    intent: 'words of a description',
    corpus: 'demo',
    cases: [
      {
        query: 'dog surcharge',
        expected: ['user:default/nell.foghorn'],
        why: 'who can explain it',
      },
      {
        query: 'umbrellas accordion',
        expected: ['component:default/lost-property'],
        why: 'what it holds',
      },
      {
        query: 'paper timetable post offices',
        expected: [
          'component:default/printed-timetable',
          'docs:timetable/docs/decisions/0002-keep-the-paper.md',
        ],
        why: 'what it is, and why',
      },
      {
        query: 'postgresql',
        expected: ['resource:default/booking-db'],
        why: 'the tag and the first word',
      },
      { query: 'napkins', expected: ['user:default/marit.fathom'], why: 'what she draws on' },
      {
        query: 'coffee machine',
        expected: ['component:default/deck-gateway'],
        why: 'what it listens to',
      },
      {
        query: 'harbour blue',
        expected: ['component:default/tide-ui'],
        why: 'what it is known for',
      },
      {
        query: 'webcam seals',
        expected: ['component:default/skerry-web'],
        why: 'nearly what it says',
      },
      {
        query: 'spreadsheet',
        expected: ['component:default/timetable-importer', 'docs:timetable/docs/index.md'],
        why: 'who reads it',
      },
      {
        query: 'price list as code',
        expected: ['component:default/fare-rules'],
        why: 'how it is described',
      },
      {
        query: 'ten winters sailings',
        expected: ['resource:default/voyage-lake'],
        why: 'how it is described',
      },
    ],
  },
  {
    intent: 'words of a description',
    corpus: 'invented',
    cases: [
      {
        query: 'card transaction verdict',
        expected: ['component:default/fraud-shield'],
        why: 'what it does',
      },
      {
        query: 'gifts',
        expected: ['component:default/ai-shopping-assistant'],
        why: 'what it talks about',
      },
      {
        query: 'pager',
        expected: ['group:default/site-reliability', 'user:default/lars.oedegaard'],
        why: 'who holds it',
      },
      {
        query: 'clicks pseudonymised',
        expected: ['resource:default/customer-data-lake'],
        why: 'what is in it',
      },
      {
        query: 'payments mainframe',
        expected: ['component:default/payment-importer'],
        why: 'an area, and what it reads',
      },
      {
        query: 'invoices figures finance',
        expected: ['component:default/invoice-exporter'],
        why: 'an area, and what it hands on',
      },
      {
        query: 'colors typefaces',
        expected: ['component:default/design-tokens'],
        why: 'what is in it',
      },
      {
        query: 'stops of the van',
        expected: ['component:default/ordertracker'],
        why: 'what it shows',
      },
    ],
  },
];
