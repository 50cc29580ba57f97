import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedMaterial } from '../../support/sharedMaterial';
import { callboard } from './capture';

/** What Backstage's own code said of a document of a real repository. */
interface ExpectedDocument {
  file: string;
  docIndex: number;
  /** From 1. */
  line: number;
  kind?: string;
  templated?: boolean;
  validator?: string;
  valid: boolean;
  stage?: string;
  error?: string;
  placeholders?: { status: string }[];
}

interface PrintedProblem {
  code: string;
  severity: string;
  message: string;
  file: string;
  document: number | null;
}

interface Printed {
  entities: {
    location: { file: string; document: number; range: { start: { line: number } } };
  }[];
  problems: PrintedProblem[];
}

/** What became of a document: an entity, or else what is said about it. */
type Verdict = 'entity' | 'duplicate' | 'unknown kind' | 'not read' | 'nothing' | { error: string };

const corpus = sharedMaterial('corpus', 'callboard entities and validate on real catalogs');

describe.runIf(corpus)('on real catalogs', () => {
  const repositories = corpus
    ? readdirSync(corpus, { withFileTypes: true }).filter(entry => entry.isDirectory())
    : [];

  it.each(repositories.map(({ name }) => name))(
    'the command line says of %s what Backstage says',
    async repository => {
      const folder = join(corpus ?? '', repository);
      const tree = join(folder, 'tree');
      const expected = (
        JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
          entities: ExpectedDocument[];
        }
      ).entities;

      const listed = await callboard(['entities', tree, '--format', 'json']);
      expect(listed).toMatchObject({ code: 0, stderr: '' });
      const printed = JSON.parse(listed.stdout) as Printed;

      const verdicts = expected.map(document => ({
        at: at(document.file, document.docIndex),
        verdict: verdictOn(document, printed),
      }));
      expect(verdicts).toEqual(
        expected.map((document, index) => ({
          at: at(document.file, document.docIndex),
          verdict: expectedVerdict(document, verdicts[index]?.verdict),
        })),
      );

      // Nothing that Backstage did not see, and all of it where it is.
      const lines = new Map(expected.map(each => [at(each.file, each.docIndex), each.line]));
      const places = printed.entities.map(({ location }) => location);
      expect(
        places.map(({ file, document, range }) => [at(file, document), range.start.line + 1]),
      ).toEqual(
        places.map(({ file, document }) => [at(file, document), lines.get(at(file, document))]),
      );

      const validated = await callboard(['validate', tree, '--format', 'json']);
      const { problems } = JSON.parse(validated.stdout) as Printed;
      expect(problems).toEqual(printed.problems);
      expect(validated.code).toBe(problems.some(({ severity }) => severity === 'error') ? 1 : 0);
    },
  );
});

function at(file: string, document: number): string {
  return `${file}#${document}`;
}

function verdictOn({ file, docIndex }: ExpectedDocument, printed: Printed): Verdict {
  const isListed = printed.entities.some(
    ({ location }) => location.file === file && location.document === docIndex,
  );
  const problems = printed.problems.filter(
    problem => problem.file === file && (problem.document ?? docIndex) === docIndex,
  );
  const error = problems.find(({ severity }) => severity === 'error');
  if (error) return { error: error.message };
  if (isListed) return 'entity';
  const codes = problems.map(({ code }) => code);
  if (codes.includes('duplicate-entity')) return 'duplicate';
  if (codes.includes('placeholder-not-read')) return 'not read';
  return codes.includes('unknown-kind') ? 'unknown kind' : 'nothing';
}

/** What the verdict must be; where two are right, the actual one decides. */
function expectedVerdict(document: ExpectedDocument, actual: Verdict | undefined): Verdict {
  const { valid, templated, stage, kind, error = '' } = document;
  if (valid) {
    // Of two with the same ref one loses, which is not the validator's business.
    if (actual === 'duplicate') return 'duplicate';
    return templated && kind !== 'Template' ? 'nothing' : 'entity';
  }
  if (stage === 'unknown-kind') return 'unknown kind';
  if (templated && kind !== 'Template') return 'nothing';
  // The recording has a text in the place of whatever is on another machine. Where that text is what
  // it objects to, nothing can be said of the document without reading it.
  if (document.placeholders?.some(({ status }) => status === 'remote')) return 'not read';
  // The recording leaves out Backstage's pointer to its documentation.
  const isAsRecorded = typeof actual === 'object' && actual.error.includes(error);
  return isAsRecorded ? actual : { error };
}
