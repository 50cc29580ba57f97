import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sharedMaterial } from '../../support/sharedMaterial';
import { callboard } from './capture';

/** Result of Backstage's own code for a document of a real repository. */
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

/** Result for a document: an entity or a problem. */
type Verdict = 'entity' | 'duplicate' | 'unknown kind' | 'not read' | 'nothing' | { error: string };

const corpus = sharedMaterial('corpus', 'callboard entities and validate on real catalogs');

describe.runIf(corpus)('real catalogs', () => {
  const repositories = corpus
    ? readdirSync(corpus, { withFileTypes: true }).filter(entry => entry.isDirectory())
    : [];

  it.each(repositories.map(({ name }) => name))(
    'have the same results on the command line as in Backstage: %s',
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

      // Only documents that Backstage read, each at its place.
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

/** Expected verdict, or the actual one where several are right. */
function expectedVerdict(document: ExpectedDocument, actual: Verdict | undefined): Verdict {
  const { valid, templated, stage, kind, error = '' } = document;
  if (valid) {
    // One of two documents with the same ref loses, which the validator doesn't check.
    if (actual === 'duplicate') return 'duplicate';
    return templated && kind !== 'Template' ? 'nothing' : 'entity';
  }
  if (stage === 'unknown-kind') return 'unknown kind';
  if (templated && kind !== 'Template') return 'nothing';
  // The recording has a placeholder text for files of other machines. If Backstage rejects that
  // text, the result of the document is unknown.
  if (document.placeholders?.some(({ status }) => status === 'remote')) return 'not read';
  // The recording leaves out Backstage's pointer to its documentation.
  const isAsRecorded = typeof actual === 'object' && actual.error.includes(error);
  return isAsRecorded ? actual : { error };
}
