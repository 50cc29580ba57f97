/* Definitions and docs that are unlike the others. */

/** Parts of APIs: name and description. */
export const notableApis: readonly {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly type: string;
  readonly owner: string;
  readonly system: string;
  readonly tags: readonly string[];
  readonly parts: readonly (readonly [name: string, text: string, otherName?: string])[];
}[] = [
  {
    name: 'storefront-graphql',
    title: 'Storefront GraphQL',
    type: 'graphql',
    description: 'One graph for all that a shop window needs',
    owner: 'group:default/team-catalog',
    system: 'catalog',
    tags: ['graphql'],
    parts: [
      ['productRecommendations', 'Query. What else somebody may like, by what they look at'],
      ['cartTotals', 'Query. What it comes to, with discounts and taxes'],
      ['addToCart', 'Mutation. Puts an article into the cart of the session'],
      ['priceChanged', 'Subscription. Tells when something gets cheaper'],
      ['CartLine', 'type. quantity article lineTotal giftWrapped'],
    ],
  },
  {
    name: 'telemetry-grpc',
    title: 'Telemetry',
    type: 'grpc',
    description: 'Readings of scales, doors and freezers in the stores',
    owner: 'group:default/team-stores',
    system: 'stores',
    tags: ['grpc', 'iot'],
    parts: [
      [
        'StreamReadings',
        'DeviceTelemetry. Readings of a device as they come',
        'DeviceTelemetry.StreamReadings',
      ],
      ['RegisterDevice', 'DeviceTelemetry. Makes a device known', 'DeviceTelemetry.RegisterDevice'],
      ['FreezerReading', 'message. deviceId celsius doorOpen measuredAt'],
    ],
  },
  {
    name: 'order-events',
    title: 'Order Events',
    type: 'asyncapi',
    description: 'What happens to orders, for whoever wants to know',
    owner: 'group:default/team-orders',
    system: 'orders',
    tags: ['kafka', 'events'],
    parts: [
      ['commerce.order.placed.v2', 'send. Somebody has ordered something', 'orderPlaced'],
      ['commerce.order.cancelled.v1', 'send. Somebody has thought again', 'orderCancelled'],
      ['OrderPlaced', 'message. orderNumber placedAt lines total currency'],
      ['OrderCancelled', 'message. orderNumber cancelledAt reason'],
    ],
  },
  {
    name: 'merchant-api',
    title: 'Merchant API',
    type: 'openapi',
    description: 'For those who sell their own things in our shop',
    owner: 'group:default/team-suppliers',
    system: 'suppliers',
    tags: ['rest', 'partner'],
    parts: [
      [
        'POST /merchants/{merchantId}/settlements',
        'Pays a merchant out before the month ends',
        'settleMerchant',
      ],
      [
        'GET /merchants/{merchantId}/kyc-status',
        'How far the check of a merchant’s papers is',
        'getKycStatus',
      ],
      ['PUT /merchants/{merchantId}/bank-account', 'Where money goes to', 'replaceBankAccount'],
      ['SettlementRequest', 'object. amount currency dueDate'],
    ],
  },
];

/** Pages of the handbook: file below `handbook/docs/`, title, and headings with their texts. */
export const notablePages: readonly (readonly [
  file: string,
  title: string,
  text: string,
  sections: readonly (readonly [heading: string, text: string])[],
])[] = [
  [
    'security/incident-response.md',
    'Incident response',
    'Declare first, diagnose later. Nobody was ever blamed for a false alarm.',
    [
      ['Severity levels', 'A sev-one keeps customers from buying; a sev-two costs money slowly.'],
      ['Writing a postmortem', 'Blameless, within five working days, and read aloud to the team.'],
    ],
  ],
  [
    'security/secrets.md',
    'Secrets',
    'Passwords, certificates and keys live in the vault, never in a repository.',
    [
      [
        'Rotating credentials',
        'Issue the new key, wait until nobody uses the old one, then revoke it.',
      ],
      ['Leaked keys', 'Revoke at once, ask afterwards. Tell the security desk what it opened.'],
    ],
  ],
  [
    'engineering/idempotency.md',
    'Idempotency',
    'The same request twice must not charge anybody twice.',
    [
      [
        'Idempotency keys',
        'Clients invent a UUID per attempt and send it as a header; it is kept a day.',
      ],
      [
        'Retries and backoff',
        'Wait twice as long each time, with jitter, and give up after a minute.',
      ],
    ],
  ],
  [
    'engineering/migrations.md',
    'Zero-downtime migrations',
    'Expand, backfill, contract. Never rename a column in one step.',
    [
      ['Adding a column', 'Nullable first; the default comes with the next deployment.'],
      ['Dropping a table', 'Rename it, wait a fortnight for somebody to scream, drop it.'],
    ],
  ],
  [
    'engineering/code-review.md',
    'Code review',
    'Every change is read by somebody who has not written it, within one working day.',
    [
      ['What reviewers look for', 'Names, tests, and whether the next person will understand it.'],
      ['Tiny pull requests', 'Two hundred lines are read; two thousand are approved.'],
    ],
  ],
  [
    'legal/erasure.md',
    'Erasure requests',
    'Under the GDPR a customer may ask to be forgotten, and we have a month.',
    [['What we keep anyway', 'Invoices stay ten years, because the tax office says so.']],
  ],
  [
    'people/onboarding.md',
    'Onboarding',
    'Your laptop, your badge, your first commit on day two.',
    [
      ['Requesting access', 'Ask through the portal; your manager gets a mail with one button.'],
      ['Buddy programme', 'Somebody from another team has lunch with you every Thursday.'],
    ],
  ],
  [
    'de/urlaub.md',
    'Urlaubsübergabe',
    'Wer in den Urlaub geht, übergibt seine Bereitschaft schriftlich.',
    [['Vertretungsregelung', 'Die Vertretung übernimmt Rufbereitschaft und Freigaben.']],
  ],
];
