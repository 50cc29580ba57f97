/** Where a project says what it was made from, relative to its folder; not among the files that a Template makes. */
export const RECORD_PATH = '.callboard/template.yaml';
