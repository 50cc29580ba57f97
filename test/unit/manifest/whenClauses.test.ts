import { expect, it } from 'vitest';
import manifest from '../../../package.json';

it('shows nothing only for the file scheme, which remote machines do not use', () => {
  const clauses = [
    ...JSON.stringify(manifest).matchAll(/"(?:when|enablement)":"((?:[^"\\]|\\.)*)"/g),
  ];
  const bySchemes = clauses.flatMap(
    ([, clause = '']) => clause.match(/resourceScheme[^&|)]*/g) ?? [],
  );
  const allowed = /^resourceScheme [!=]= callboard-source ?$/;
  expect(clauses.length).toBeGreaterThan(100);
  expect(bySchemes.filter(condition => !allowed.test(condition))).toEqual([]);
});
