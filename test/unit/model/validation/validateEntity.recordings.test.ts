import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { KindRegistry, validateEntity } from '../../../../src/model/validation';
import { sharedMaterial } from '../../../support/sharedMaterial';

const placeholderKeys = ['$text', '$json', '$yaml', '$openapi', '$asyncapi'];

/** Documents of a text, with a text for every placeholder as in the recordings. */
function documentsOf(text: string): { value: unknown; broken: boolean }[] {
  return parseAllDocuments(text, { merge: false, logLevel: 'error' }).map(document => ({
    broken: document.errors.length > 0,
    value: document.errors.length ? undefined : withoutPlaceholders(document.toJS()),
  }));
}

function withoutPlaceholders(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaceholders);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && placeholderKeys.includes(keys[0] ?? '')) return 'resolved';
  return Object.fromEntries(
    Object.entries(value).map(([key, child]: [string, unknown]) => [
      key,
      withoutPlaceholders(child),
    ]),
  );
}

interface ExpectedEntity {
  file: string;
  docIndex: number;
  valid: boolean;
  stage?: string;
  error?: string;
}

const corpus = sharedMaterial(
  'corpus',
  "The comparison with Backstage's verdicts on real catalogs",
);

describe.runIf(corpus)('validation of real catalogs', () => {
  const kinds = KindRegistry.builtin();
  const repositories = corpus
    ? readdirSync(corpus, { withFileTypes: true }).filter(entry => entry.isDirectory())
    : [];

  it.each(repositories.map(({ name }) => name))(
    'reports the same as Backstage for %s',
    repository => {
      const folder = join(corpus ?? '', repository);
      const { entities } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
        entities: ExpectedEntity[];
      };
      for (const { file, docIndex, valid, stage, error } of entities) {
        const documents = documentsOf(readFileSync(join(folder, 'tree', file), 'utf8'));
        const document = documents[docIndex];
        const place = { file, docIndex };
        if (stage === 'yaml') {
          expect({ ...place, broken: document?.broken }).toEqual({ ...place, broken: true });
          continue;
        }
        const [issue] = validateEntity(document?.value, { kinds });
        expect({ ...place, valid: !issue, stage: issue?.stage }).toEqual({
          ...place,
          valid,
          stage,
        });
        // The recordings name no ref here, and leave out where to learn more.
        if (stage !== 'unknown-kind') {
          const message = issue?.message.replace(
            / To learn more about catalog file format, .*/,
            '',
          );
          expect({ ...place, error: message }).toEqual({ ...place, error });
        }
      }
    },
  );
});

interface UnprocessedEntity {
  location_key: string;
  errors: { message: string }[];
}

/** Errors that come before or after validation. */
const otherStages = [
  /^YAML error at /,
  /is not of an allowed kind for that location$/,
  /^Registered locations must be /,
  /^Unable to read /,
];

const oracle = sharedMaterial(
  'oracle/catalog/sem-validation',
  "The comparison with a Backstage server's messages",
);

describe.runIf(oracle)('validation of the files of a recorded server', () => {
  // The server had no model for AI.
  const kinds = KindRegistry.builtin({ aiModel: false });
  const unprocessed = oracle
    ? (JSON.parse(readFileSync(join(oracle, 'unprocessed.json'), 'utf8')) as UnprocessedEntity[])
    : [];

  it.each(oracle ? readdirSync(join(oracle, 'input')) : [])(
    'reports the same messages for %s',
    file => {
      const messages = unprocessed
        .filter(({ location_key }) => location_key.endsWith(`/input/${file}`))
        .flatMap(({ errors }) => errors.map(({ message }) => message));
      const expected = messages
        .filter(message => !otherStages.some(pattern => pattern.test(message)))
        .map(message => message.replace(/^.*; caused by \w*Error: /, ''));
      // An empty document is none, a foreign kind was refused before it was validated.
      const found = documentsOf(readFileSync(join(oracle ?? '', 'input', file), 'utf8'))
        .filter(({ broken, value }) => !broken && value !== null)
        .flatMap(({ value }) => validateEntity(value, { kinds }).slice(0, 1))
        .filter(({ message }) => !message.includes(' widget:default/kind-foreign '))
        .map(({ message }) => message);
      expect(found).toEqual(expected);
    },
  );
});
