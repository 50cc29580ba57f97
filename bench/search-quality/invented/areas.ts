/**
 * Areas of the generated organization, each with the object that it handles. Each is a system with services, an API,
 * stores, a team, people and docs. Their similarity makes the search hard.
 */
export const areas: readonly (readonly [area: string, thing: string])[] = [
  ['payments', 'payment'],
  ['orders', 'order'],
  ['checkout', 'basket'],
  ['billing', 'bill'],
  ['invoices', 'invoice'],
  ['refunds', 'refund'],
  ['payouts', 'payout'],
  ['pricing', 'price'],
  ['discounts', 'discount'],
  ['vouchers', 'voucher'],
  ['subscriptions', 'subscription'],
  ['taxes', 'tax'],
  ['ledger', 'posting'],
  ['accounts', 'account'],
  ['identity', 'login'],
  ['permissions', 'permission'],
  ['customers', 'customer'],
  ['loyalty', 'reward'],
  ['catalog', 'product'],
  ['inventory', 'stock'],
  ['warehouse', 'pallet'],
  ['shipping', 'shipment'],
  ['returns', 'return'],
  ['tracking', 'parcel'],
  ['couriers', 'courier'],
  ['suppliers', 'supplier'],
  ['purchasing', 'purchase'],
  ['recommendations', 'recommendation'],
  ['reviews', 'review'],
  ['wishlists', 'wishlist'],
  ['media', 'image'],
  ['translations', 'translation'],
  ['notifications', 'notification'],
  ['emails', 'email'],
  ['newsletters', 'newsletter'],
  ['campaigns', 'campaign'],
  ['experiments', 'experiment'],
  ['analytics', 'metric'],
  ['reporting', 'report'],
  ['forecasting', 'forecast'],
  ['fraud', 'transaction'],
  ['compliance', 'audit'],
  ['contracts', 'contract'],
  ['support', 'ticket'],
  ['chat', 'conversation'],
  ['callcentre', 'call'],
  ['stores', 'store'],
  ['kiosks', 'kiosk'],
  ['receipts', 'receipt'],
  ['scheduling', 'shift'],
  ['payroll', 'salary'],
  ['recruiting', 'applicant'],
  ['training', 'course'],
  ['facilities', 'room'],
  ['energy', 'meter'],
  ['fleet', 'vehicle'],
  ['routing', 'route'],
  ['geocoding', 'address'],
  ['documents', 'document'],
  ['archive', 'record'],
];

/** Other programs of an area, named after its object: `payment-gateway`. */
export const programs: readonly (readonly [suffix: string, type: string, does: string])[] = [
  ['gateway', 'service', 'lets partners in, and checks what they bring'],
  ['importer', 'data-pipeline', 'reads nightly files from the old mainframe'],
  ['exporter', 'data-pipeline', 'hands the figures of the day to finance'],
  ['scheduler', 'worker', 'starts what has to happen at a certain hour'],
  ['dashboard', 'website', 'shows the numbers of the last hour on a wall'],
  ['simulator', 'cli', 'pretends to be the rest of the company in tests'],
  ['reports', 'worker', 'writes the monthly summary for managers'],
  ['adapter', 'library', 'speaks to systems that were bought'],
  ['cache', 'worker', 'keeps hot data close to those who read it'],
];

/** Docs of each area: headings of a page with their texts; `%` is the area. */
export const pages: readonly (readonly [
  file: string,
  title: string,
  sections: readonly (readonly [heading: string, text: string])[],
])[] = [
  [
    'index.md',
    'Overview',
    [
      [
        'Getting started',
        'Clone the repository, start the containers and open the local page of %.',
      ],
      [
        'Who to ask',
        'The team of % reads its channel during office hours and answers within a day.',
      ],
    ],
  ],
  [
    'architecture.md',
    'Architecture',
    [
      [
        'Data model',
        'The tables of % are described here, with the columns that others may rely on.',
      ],
      ['Dependencies', 'What % needs of other systems, and what happens while they are away.'],
      ['Scaling', 'How many instances of % there are, and what makes more of them start.'],
    ],
  ],
  [
    'runbook.md',
    'Runbook',
    [
      ['Alerts', 'Which alarms % raises, what they mean and which of them can wait until morning.'],
      [
        'Restarting',
        'Drain the instances of % one after the other; a cold start takes two minutes.',
      ],
      [
        'Restoring a backup',
        'Backups of % are taken hourly. Restore into an empty database first.',
      ],
    ],
  ],
  [
    'api-guide.md',
    'API guide',
    [
      ['Authentication', 'Clients of % send a bearer token, issued for their own name.'],
      ['Pagination', 'Lists of % come in pages of fifty with a cursor to the next.'],
      ['Error codes', 'What % answers when a request makes no sense, and whether to try again.'],
    ],
  ],
  [
    'releases.md',
    'Releases',
    [
      ['Versioning', 'How % numbers what it ships, and for how long old versions are served.'],
      ['Rollback', 'Take the previous image of %; the schema always fits one version back.'],
    ],
  ],
];

export const givenNames =
  'Adam Beata Carlos Dagmar Emil Fatima Georg Hilde Ivan Jasmin Karl Leila Milan Nadia Oscar Petra Quentin Rosa Stefan Tamara Ulrich Vera Walter Xenia Yusuf Zdenka'.split(
    ' ',
  );

export const familyNames =
  'Ahlgren Baumann Castillo Dvorak Eriksen Fontaine Garcia Hoffmann Ibsen Jansen Kowalski Lindqvist Moreau Nowak Olsen Petrov Quist Rossi Svoboda Takacs Urban Vogel Weber Yilmaz Zeman'.split(
    ' ',
  );
