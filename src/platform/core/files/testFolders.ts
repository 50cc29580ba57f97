/** Folders that hold data of tests, by convention: what is there is like a catalog, and none. */
const TEST_FOLDERS: ReadonlySet<string> = new Set([
  '__fixtures__',
  '__mocks__',
  '__snapshots__',
  '__testutils__',
  '__tests__',
  'fixtures',
  'golden',
  'test',
  'test-data',
  'test-fixtures',
  'testdata',
  'tests',
]);

/** Whether a file lies in a folder of test data. @param path - relative to the workspace folder */
export function isTestFile(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return folders.some(folder => TEST_FOLDERS.has(folder.toLowerCase()));
}

/** What the names of fixtures end with: files that say what is to come of a Template. */
export const FIXTURE_ENDINGS = ['.callboard-test.yaml', '.callboard-test.yml'] as const;

/** @param uri - of a file */
export function isFixture(uri: string): boolean {
  return FIXTURE_ENDINGS.some(ending => uri.endsWith(ending));
}
