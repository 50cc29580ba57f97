/*
 * Texts of a generated organization: descriptors in the styles of several authors, and other files. They
 * depend only on the plan and the random numbers.
 */

/** Pseudorandom numbers, which are the same for the same seed (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Returns a number from 0 to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  some<T>(items: readonly T[], most: number): readonly T[] {
    const count = items.length ? this.below(most + 1) : 0;
    return [...new Set(Array.from({ length: count }, () => this.pick(items)))];
  }
}

/** Names of the entities of each kind. */
export interface Plan {
  readonly components: readonly string[];
  readonly apis: readonly string[];
  readonly resources: readonly string[];
  readonly systems: readonly string[];
  readonly domains: readonly string[];
  readonly groups: readonly string[];
  readonly users: readonly string[];
  readonly templates: readonly string[];
}

const WORDS =
  `amber anchor arrival atlas audit badge basket beacon billing booking border bridge cargo catalog
  channel checkout claim clearing cobalt compass contract courier credit customs depot dispatch dock
  driver engine events export fare ferry fleet forecast freight gateway harbor hangar identity import
  insight inventory invoice island journey kiosk ledger lantern loyalty manifest market meter mobile
  notice offer orders parcel partner passage payment pilot pricing profile quota quay rating refund
  report reserve roster route safety sales search seat session ship signal slot stock storage supply
  tariff ticket token tracking transit vault vessel voucher voyage warehouse weather yard`.split(
    /\s+/,
  );

const SENTENCES = [
  'Takes orders, prices them, and hands them on to fulfilment.',
  'Keeps what was agreed with partners, and tells others when it changes.',
  'Ask in the channel before you deploy on a Friday.',
  'The source of truth for everything that floats: what it carries, where it is and who is on board.',
  'Reads events from the bus, joins them with master data and writes them to the store.',
  'Replaces the monolith’s module of the same name; see the decision record for why.',
  'Runs in two regions, and fails over by hand.',
  'Used by the mobile app, the web shop and the counters at the quay.',
];

const LANGUAGES = ['java', 'kotlin', 'go', 'python', 'typescript', 'rust', 'csharp', 'scala'];
const LIFECYCLES = ['production', 'production', 'production', 'experimental', 'deprecated'];

/** Returns a name that is unique within its kind, in one of several styles. */
export function nameOf(random: Random, index: number): string {
  const [first, second] = [random.pick(WORDS), random.pick(WORDS)];
  const styles = [
    `${first}-${second}-${index}`,
    `${first}-${index}`,
    `${first}_${second}_${index}`,
    `${first}.${second}.v${index}`,
    `${first.charAt(0).toUpperCase()}${first.slice(1)}-${index}`,
  ];
  const style = random.next();
  return styles[style < 0.8 ? 0 : 1 + random.below(styles.length - 1)] ?? first;
}

/** Formats entities in the style of an author: quotes of strings, indentation of lists. */
export class Author {
  #random: Random;
  #plan: Plan;
  #indentsLists: boolean;
  #flowLists: boolean;
  #quote: string;

  constructor(random: Random, plan: Plan) {
    this.#random = random;
    this.#plan = plan;
    this.#indentsLists = random.chance(0.7);
    this.#flowLists = random.chance(0.15);
    this.#quote = random.pick(['', '', '', '"', "'"]);
  }

  component(name: string): string {
    const random = this.#random;
    const { components, apis, resources, systems } = this.#plan;
    const type = random.pick(['service', 'service', 'website', 'library', 'pipeline']);
    return this.#entity('Component', name, [
      `  type: ${type}`,
      `  lifecycle: ${random.pick(LIFECYCLES)}`,
      this.#owner(),
      ...(random.chance(0.8) ? [`  system: ${this.#ref(systems)}`] : []),
      ...(random.chance(0.05) ? [`  subcomponentOf: ${this.#ref(components)}`] : []),
      ...this.#list('providesApis', this.#refs(apis, 2)),
      ...this.#list('consumesApis', this.#refs(apis, 4)),
      ...this.#list('dependsOn', [
        ...this.#refs(resources, 2, 'resource:'),
        ...this.#refs(components, 3, 'component:'),
      ]),
    ]);
  }

  api(name: string): string {
    const random = this.#random;
    return this.#entity('API', name, [
      `  type: ${random.pick(['openapi', 'openapi', 'asyncapi', 'grpc', 'graphql'])}`,
      `  lifecycle: ${random.pick(LIFECYCLES)}`,
      this.#owner(),
      ...(random.chance(0.7) ? [`  system: ${this.#ref(this.#plan.systems)}`] : []),
      '  definition: |',
      ...this.#definition(name),
    ]);
  }

  resource(name: string): string {
    const type = this.#random.pick(['database', 's3-bucket', 'topic', 'queue', 'cache']);
    return this.#entity('Resource', name, [
      `  type: ${type}`,
      this.#owner(),
      `  system: ${this.#ref(this.#plan.systems)}`,
      ...this.#list('dependsOn', this.#refs(this.#plan.resources, 1, 'resource:')),
    ]);
  }

  system(name: string): string {
    return this.#entity('System', name, [
      this.#owner(),
      `  domain: ${this.#ref(this.#plan.domains)}`,
    ]);
  }

  domain(name: string): string {
    return this.#entity('Domain', name, [this.#owner()]);
  }

  group(name: string, parent: string | undefined): string {
    return this.#entity('Group', name, [
      '  type: team',
      '  profile:',
      `    displayName: ${this.#text(`Team ${name}`)}`,
      `    email: ${name}@example.com`,
      ...(parent === undefined ? [] : [`  parent: ${parent}`]),
      '  children: []',
    ]);
  }

  user(name: string): string {
    return this.#entity('User', name, [
      '  profile:',
      `    displayName: ${this.#text(name.replaceAll('-', ' '))}`,
      `    email: ${name}@example.com`,
      `    picture: https://pictures.example.com/${name}.png`,
      `  memberOf: [${[...new Set([this.#random.pick(this.#plan.groups), ...this.#random.some(this.#plan.groups, 2)])].join(', ')}]`,
    ]);
  }

  location(name: string, targets: readonly string[]): string {
    return this.#entity('Location', name, ['  type: file', ...this.#list('targets', targets)]);
  }

  template(name: string): string {
    const fields = Array.from({ length: 2 + this.#random.below(6) }, (_, index) => [
      `        field${index}:`,
      `          title: ${this.#text(`Field ${index}`)}`,
      '          type: string',
      '          description: What the new service is to be called',
      '          ui:field: EntityNamePicker',
    ]);
    return this.#entity(
      'Template',
      name,
      [
        this.#owner(),
        '  type: service',
        '  parameters:',
        '    - title: Fill in some steps',
        '      required: [field0]',
        '      properties:',
        ...fields.flat(),
        '  steps:',
        '    - id: fetch',
        '      name: Fetch the skeleton',
        '      action: fetch:template',
        '      input:',
        '        url: ./skeleton',
        '        values:',
        '          name: ${{ parameters.field0 }}',
        '    - id: publish',
        '      name: Publish',
        '      action: publish:github',
        '      input:',
        '        repoUrl: ${{ parameters.repoUrl }}',
        '        description: "This is ${{ parameters.field0 }}"',
        '  output:',
        '    links:',
        '      - title: Repository',
        "        url: ${{ steps['publish'].output.remoteUrl }}",
      ],
      'scaffolder.backstage.io/v1beta3',
    );
  }

  #entity(
    kind: string,
    name: string,
    spec: readonly string[],
    apiVersion = 'backstage.io/v1alpha1',
  ): string {
    const random = this.#random;
    const lines = [
      ...(random.chance(0.25) ? ['# Owned by the team; see the handbook before editing.'] : []),
      `apiVersion: ${apiVersion}`,
      `kind: ${kind}`,
      'metadata:',
      `  name: ${name}`,
      ...(random.chance(0.6) ? [`  title: ${this.#text(title(name))}`] : []),
      ...this.#description(),
      ...this.#annotations(name),
      ...(random.chance(0.4)
        ? [
            '  labels:',
            `    example.com/tier: ${random.pick(['gold', 'silver', 'bronze'])}`,
            `    region: ${random.pick(['north', 'south'])} # where it runs`,
          ]
        : []),
      ...this.#list('tags', random.some(LANGUAGES, 4)),
      ...this.#links(name),
      'spec:',
      ...spec,
    ];
    return `${lines.join('\n')}\n`;
  }

  #description(): readonly string[] {
    const random = this.#random;
    const sentences = Array.from({ length: 1 + random.below(4) }, () => random.pick(SENTENCES));
    switch (random.below(5)) {
      case 0:
        return ['  description: >-', ...sentences.map(sentence => `    ${sentence}`)];
      case 1:
        return ['  description: |', ...sentences.map(sentence => `    ${sentence}`)];
      case 2:
        return [`  description: "${sentences.join(' ')}"`];
      default:
        return [`  description: ${this.#text(sentences[0]?.replaceAll(':', ',') ?? '')}`];
    }
  }

  #annotations(name: string): readonly string[] {
    const random = this.#random;
    const rows = [
      `    github.com/project-slug: example/${name}`,
      '    backstage.io/techdocs-ref: dir:.',
      `    backstage.io/source-location: url:https://github.com/example/${name}/tree/main/`,
      `    sonarqube.org/project-key: ${this.#text(`example_${name}`)}`,
      `    pagerduty.com/integration-key: ${random.pick(['abc', 'def'])}${random.below(1e6)}`,
      `    grafana/dashboard-selector: "service == '${name}'"`,
      `    backstage.io/kubernetes-id: ${name}`,
      `    backstage.io/kubernetes-label-selector: 'app=${name},component=main'`,
      `    circleci.com/project-slug: github/example/${name}`,
      `    sentry.io/project-slug: example/${name}`,
    ].slice(0, 3 + random.below(8));
    return ['  annotations:', ...rows];
  }

  #links(name: string): readonly string[] {
    const count = this.#random.below(4);
    if (!count) return [];
    const indent = this.#indentsLists ? '    ' : '  ';
    const rows = Array.from({ length: count }, (_, index) => [
      `${indent}- url: https://dashboard.example.com/d/${name}/${index}?var-env=production`,
      `${indent}  title: ${this.#text(`Dashboard ${index}`)}`,
      `${indent}  icon: dashboard`,
    ]);
    return ['  links:', ...rows.flat()];
  }

  #definition(name: string): readonly string[] {
    const random = this.#random;
    const isLarge = random.chance(0.045);
    const operations = isLarge ? 60 + random.below(500) : 1;
    const lines = [
      '    openapi: 3.0.3',
      '    info:',
      `      title: ${name}`,
      '      version: 1.0.0',
      '    paths:',
    ];
    for (let index = 0; index < operations; index++) {
      lines.push(
        `      /${random.pick(WORDS)}/${index}/{id}:`,
        '        get:',
        `          operationId: read${index}`,
        `          summary: "${random.pick(SENTENCES)}"`,
        '          parameters:',
        '            - { name: id, in: path, required: true, schema: { type: string } }',
        '          responses:',
        "            '200':",
        '              description: What was asked for',
        ...(index % 5 ? [] : ['']),
      );
    }
    return lines;
  }

  #owner(): string {
    return `  owner: ${this.#ref(this.#plan.groups)}`;
  }

  #list(field: string, items: readonly string[]): readonly string[] {
    if (!items.length) return [];
    if (this.#flowLists) return [`  ${field}: [${items.join(', ')}]`];
    const indent = this.#indentsLists ? '    ' : '  ';
    return [`  ${field}:`, ...items.map(item => `${indent}- ${item}`)];
  }

  #refs(names: readonly string[], most: number, prefix = ''): readonly string[] {
    const refs = this.#random.some(names, most).map(name => `${prefix}${name}`);
    return this.#random.chance(0.02)
      ? [...refs, `${prefix}gone-${this.#random.below(1000)}`]
      : refs;
  }

  #ref(names: readonly string[]): string {
    return this.#random.chance(0.01) ? 'gone' : this.#random.pick(names);
  }

  #text(text: string): string {
    const isSafe = !/['"\\]/.test(text);
    return isSafe ? `${this.#quote}${text}${this.#quote}` : text;
  }
}

function title(name: string): string {
  return name
    .split(/[-_.]/)
    .map(word => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ');
}
