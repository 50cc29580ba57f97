/** Names of folders that hold test data by convention: files there look like a catalog, but aren't one. */
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

/** Whether a file is in a folder of test data. @param path - relative to the workspace folder */
export function isTestFile(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  return folders.some(folder => TEST_FOLDERS.has(folder.toLowerCase()));
}

/** File name endings of fixtures, which hold the expected output of a template. */
export const FIXTURE_ENDINGS = ['.callboard-test.yaml', '.callboard-test.yml'] as const;

/** Whether a file is a fixture of a template. @param uri - of the file */
export function isFixture(uri: string): boolean {
  return FIXTURE_ENDINGS.some(ending => uri.endsWith(ending));
}
