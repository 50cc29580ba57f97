/* What is unlike everything else in the invented organization, as every organization has it. */

export interface NotableEntity {
  readonly ref: string;
  readonly title?: string;
  readonly description: string;
  readonly type?: string;
  readonly lifecycle?: string;
  /** Name of a group or full ref. */
  readonly owner?: string;
  readonly system?: string;
  readonly tags?: readonly string[];
}

const platform = { owner: 'group:default/platform-engineering' } as const;

export const notableEntities: readonly NotableEntity[] = [
  {
    ref: 'component:default/checkout-web',
    title: 'Checkout Web',
    type: 'website',
    description: 'Where a basket turns into an order, on phones and on large screens',
    owner: 'group:default/team-checkout',
    system: 'checkout',
    tags: ['react', 'typescript'],
  },
  {
    ref: 'component:default/fraud-shield',
    title: 'Fraud Shield',
    type: 'service',
    description: 'Scores every card transaction within forty milliseconds and explains its verdict',
    owner: 'group:default/team-fraud',
    system: 'fraud',
    tags: ['machine-learning', 'python'],
  },
  {
    ref: 'component:default/ueberweisung',
    title: 'Überweisungen',
    type: 'service',
    description: 'Nimmt SEPA-Aufträge entgegen und bucht sie auf das richtige Konto',
    owner: 'group:default/team-payouts',
    system: 'payouts',
    tags: ['sepa', 'java'],
  },
  {
    ref: 'component:default/haiso-portal',
    title: '配送ポータル',
    type: 'website',
    description: '荷物の配送状況を確認するための画面',
    owner: 'group:default/team-shipping',
    system: 'shipping',
    tags: ['i18n'],
  },
  {
    ref: 'component:default/facturation',
    title: 'Facturation à l’étranger',
    type: 'service',
    description: 'Émet les factures des clients étrangers, avec la TVA de chaque pays',
    owner: 'group:default/team-invoices',
    system: 'invoices',
  },
  {
    ref: 'component:default/sklad',
    title: 'Склад: остатки',
    type: 'service',
    description: 'Считает, сколько товара осталось на полках',
    owner: 'group:default/team-warehouse',
    system: 'warehouse',
  },
  {
    ref: 'component:default/OrderTracker',
    type: 'mobile-app',
    description: 'Tells a customer on a map how many stops the van still has to make',
    owner: 'group:default/team-tracking',
    system: 'tracking',
    tags: ['swift', 'kotlin'],
  },
  {
    ref: 'component:default/stripe-webhook-relay',
    title: 'Stripe Webhook Relay',
    description: 'Repeats what the card processor says until somebody has understood it',
    type: 'worker',
    owner: 'group:default/team-payments',
    system: 'payments',
    tags: ['webhooks', 'go'],
  },
  {
    ref: 'component:default/payments-service-v1',
    title: 'Payments Service (v1)',
    description: 'The first payments service; two clients are left on it',
    type: 'service',
    lifecycle: 'deprecated',
    owner: 'group:default/team-payments',
    system: 'payments',
    tags: ['java'],
  },
  {
    ref: 'component:default/orders-service-v1',
    title: 'Orders Service (v1)',
    description: 'The first orders service, kept for the kiosks',
    type: 'service',
    lifecycle: 'deprecated',
    owner: 'group:default/team-orders',
    system: 'orders',
    tags: ['java'],
  },
  {
    ref: 'component:default/feature-flags',
    title: 'Feature Flags',
    type: 'service',
    description: 'Switches things on for some, and off again before anybody else sees them',
    ...platform,
    tags: ['go', 'rollout'],
  },
  {
    ref: 'component:default/log-shipper',
    title: 'Log Shipper',
    type: 'worker',
    description: 'Carries what programs print to the place where people look for it',
    ...platform,
    tags: ['rust', 'observability'],
  },
  {
    ref: 'component:default/design-tokens',
    title: 'Design Tokens',
    type: 'library',
    description: 'Colors, spacings and typefaces as variables for all platforms',
    owner: 'group:default/team-media',
    lifecycle: 'experimental',
    tags: ['css', 'typescript'],
  },
  {
    ref: 'component:default/ai-shopping-assistant',
    title: 'Shopping Assistant',
    description: 'Talks customers through gifts for people they hardly know',
    type: 'service',
    lifecycle: 'experimental',
    owner: 'user:default/grace.okonkwo',
    tags: ['llm', 'python'],
  },
  {
    ref: 'resource:default/events-kafka',
    title: 'Events Kafka',
    type: 'kafka-cluster',
    description: 'The cluster through which everything is told to everybody',
    ...platform,
    tags: ['kafka'],
  },
  {
    ref: 'resource:default/customer-data-lake',
    title: 'Customer Data Lake',
    description: 'Seven years of clicks, pseudonymised after thirty days',
    type: 'object-store',
    owner: 'group:default/team-analytics',
    tags: ['parquet', 'gdpr'],
  },
  {
    ref: 'group:default/platform-engineering',
    title: 'Platform Engineering',
    type: 'team',
    description: 'Builds the roads on which everybody else drives',
  },
  {
    ref: 'group:default/site-reliability',
    title: 'Site Reliability',
    type: 'team',
    description: 'Holds the pager when nobody else does',
  },
  ...(
    [
      ['grace.okonkwo', 'Grace Okonkwo', 'Principal engineer for machine learning'],
      ['joao.silva', 'João Silva', 'Runs the guild for accessibility'],
      ['zofia.wisniewska', 'Zofia Wiśniewska', 'Keeps the books in balance'],
      ['haruki.tanaka', '田中 春樹 (Haruki Tanaka)', '配送システムの担当'],
      ['lars.oedegaard', 'Lars Ødegaard', 'On call since before there were pagers'],
      ['anneliese.mueller', 'Anneliese Müller', 'Head of finance systems'],
      ['priya.raghunathan', 'Priya Raghunathan', 'Staff engineer, search and discovery'],
    ] as const
  ).map(([name, title, description]) => ({ ref: `user:default/${name}`, title, description })),
];

/** Templates with the names, titles and descriptions of their parameters. */
export const notableTemplates: readonly (NotableEntity & {
  readonly parameters: readonly (readonly [name: string, title: string, help?: string])[];
})[] = [
  {
    ref: 'template:default/spring-boot-service',
    title: 'Spring Boot service',
    description: 'A JVM service with health checks, tracing and a pipeline',
    ...platform,
    type: 'service',
    tags: ['java', 'recommended'],
    parameters: [
      ['javaVersion', 'Java version', 'The long-term release to compile for'],
      ['databaseEngine', 'Database engine'],
      ['heapSize', 'Memory for the heap'],
    ],
  },
  {
    ref: 'template:default/react-frontend',
    title: 'React frontend',
    type: 'website',
    description: 'A single-page application with routing, tests and the house’s design tokens',
    ...platform,
    tags: ['react', 'typescript'],
    parameters: [
      ['cdnDomain', 'Domain of the content delivery network'],
      ['withStorybook', 'Add a Storybook'],
    ],
  },
  {
    ref: 'template:default/terraform-module',
    title: 'Terraform module',
    type: 'library',
    description: 'Infrastructure that others can put together',
    ...platform,
    tags: ['terraform'],
    parameters: [
      ['cloudAccount', 'Cloud account'],
      ['stateBucket', 'Bucket for the state', 'Where Terraform remembers what it has built'],
    ],
  },
  {
    ref: 'template:default/kafka-consumer',
    title: 'Kafka consumer',
    type: 'worker',
    description: 'A worker that reads one topic and survives bad messages',
    ...platform,
    tags: ['kafka', 'kotlin'],
    parameters: [
      ['topicName', 'Topic'],
      ['deadLetterTopic', 'Dead letter topic', 'Where messages go that nobody could read'],
    ],
  },
];
