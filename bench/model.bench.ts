import * as backstage from '@backstage/catalog-model';
import { readEntityRef, stringifyEntityRef } from '../src/model';
import { KindRegistry, validateEntity } from '../src/model/validation';
import { quantile } from './measuring';

/*
 * Cost of the model per document and per ref. The floor is visiting every value once; the peer is
 * Backstage's own code. They run in turn in one process, so that the ratios hold on a busy machine;
 * each figure is the median of the rounds.
 */

const ROUNDS = 25;
const PER_ROUND = 2000;

const documents: backstage.Entity[] = Array.from({ length: 200 }, (_, index) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: `service-${index}`,
    title: `Service ${index}`,
    description: 'Takes orders, prices them, and hands them on to fulfilment.',
    annotations: {
      'backstage.io/techdocs-ref': 'dir:.',
      'github.com/project-slug': `example/service-${index}`,
      'backstage.io/source-location': `url:https://github.com/example/service-${index}/`,
    },
    labels: { 'example.com/tier': 'gold', region: 'north' },
    tags: ['java', 'grpc', 'orders'],
    links: [{ url: `https://dashboard.example.com/service-${index}`, title: 'Dashboard' }],
  },
  spec: {
    type: 'service',
    lifecycle: 'production',
    owner: `team-${index % 20}`,
    system: `system-${index % 10}`,
    providesApis: [`api-${index}`],
    consumesApis: [`api-${index + 1}`, `other/api-${index + 2}`],
    dependsOn: [`resource:db-${index}`, `component:service-${index + 1}`],
  },
}));
const refs = documents.flatMap(
  ({ kind, metadata }, index) =>
    [`${kind}:default/${metadata.name}`, `ns/${metadata.name}`, metadata.name][index % 3] ?? [],
);

const kinds = KindRegistry.builtin();
const envelope = backstage.entityEnvelopeSchemaValidator();
const policies = backstage.EntityPolicies.allOf([
  new backstage.SchemaValidEntityPolicy(),
  new backstage.DefaultNamespaceEntityPolicy(),
  new backstage.NoForeignRootFieldsEntityPolicy(),
  new backstage.FieldFormatEntityPolicy(),
]);
const inDefaults = { defaultKind: 'Component', defaultNamespace: 'default' };

/** Results of the candidates, kept so that no work is optimized away. */
let sink = 0;

type Candidate = [name: string, run: (index: number) => void | Promise<void>];

const validation: Candidate[] = [
  ['floor: visit every value', index => visit(at(documents, index))],
  [
    'validateEntity',
    index => void (sink += validateEntity(at(documents, index), { kinds }).length),
  ],
  [
    'peer: envelope, policies, kind',
    async index => {
      const entity = await policies.enforce(envelope(at(documents, index)));
      if (entity && (await backstage.componentEntityV1alpha1Validator.check(entity))) sink++;
    },
  ],
];

const entityRefs: Candidate[] = [
  [
    'floor: two searches',
    index => void (sink += at(refs, index).indexOf(':') + at(refs, index).indexOf('/')),
  ],
  ['readEntityRef', index => void (sink += readEntityRef(at(refs, index), inDefaults).ok ? 1 : 0)],
  [
    'readEntityRef and stringifyEntityRef',
    index => {
      const read = readEntityRef(at(refs, index), inDefaults);
      if (read.ok) sink += stringifyEntityRef(read.value).length;
    },
  ],
  [
    'peer: parseEntityRef and stringifyEntityRef',
    index => {
      sink += backstage.stringifyEntityRef(
        backstage.parseEntityRef(at(refs, index), inDefaults),
      ).length;
    },
  ],
];

async function main(): Promise<void> {
  await compare('A valid Component of 1 kB', validation);
  await compare('A ref', entityRefs);
  if (!Number.isFinite(sink)) throw new Error('The benchmark measured nothing.');
}

async function compare(title: string, candidates: readonly Candidate[]): Promise<void> {
  const times = candidates.map((): number[] => []);
  for (let round = -2; round < ROUNDS; round++) {
    for (const [place, [, run]] of candidates.entries()) {
      const start = performance.now();
      for (let index = 0; index < PER_ROUND; index++) {
        const pending = run(index);
        if (pending) await pending;
      }
      // The first two rounds only warm up.
      if (round >= 0) times[place]?.push(((performance.now() - start) * 1000) / PER_ROUND);
    }
  }
  const floor = quantile(times[0] ?? [], 0.5);
  const rows = candidates.map(([name], place) => {
    const microseconds = quantile(times[place] ?? [], 0.5);
    return `  ${name.padEnd(46)} ${microseconds.toFixed(3).padStart(9)} us ${(microseconds / floor).toFixed(1).padStart(7)} x floor`;
  });
  process.stdout.write(`${title}\n${rows.join('\n')}\n`);
}

function visit(value: unknown): void {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  else sink++;
}

function at<T>(items: readonly T[], index: number): T {
  return items[index % items.length] as T;
}

void main();
