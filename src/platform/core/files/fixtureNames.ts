/** What the names of fixtures end with: files that say what is to come of a Template. */
export const FIXTURE_ENDINGS = ['.callboard-test.yaml', '.callboard-test.yml'] as const;

/** @param uri - of a file */
export function isFixture(uri: string): boolean {
  return FIXTURE_ENDINGS.some(ending => uri.endsWith(ending));
}
