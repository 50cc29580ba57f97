import { stringify } from 'yaml';
import { composeDocuments } from '../../../../platform/core/yaml';
import { readRecords } from './readRecords';
import type { RecordedFile, TemplateRecord } from './templateRecord';

const HEADING = `# Written by Callboard: what this project was made from. Keep it with the project, so that
# "Check for Template Updates" can bring in what the template has gained since.
`;

/** A record as a document of YAML. */
export function formatRecord({ template, values, unset, files }: TemplateRecord): string {
  const { ref, source, path, commit, digest, user, task } = template;
  const paths = [...files.keys()].sort();
  const document = {
    version: 1,
    // What is undefined is left out.
    template: { ref, source, path, commit, digest, user, task },
    values,
    ...(unset.length > 0 ? { unset } : {}),
    files: new Map(paths.map(name => [name, shownFile(files.get(name))])),
  };
  return HEADING + stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}

function shownFile(file: RecordedFile | undefined): unknown {
  const { digest, isExecutable, commit } = file ?? {};
  if (!isExecutable && commit === undefined) return digest;
  return { digest, ...(isExecutable ? { executable: true } : {}), commit };
}

/**
 * The text of a file of records with another one in it: in the place of that of the same Template, or behind
 * the others. What cannot be read is not kept: it tells nothing.
 *
 * @param before - undefined where there is no such file
 */
export function withRecord(before: string | undefined, record: TemplateRecord): string {
  if (before === undefined) return formatRecord(record);
  const { records, problems } = readRecords(before, '');
  if (problems.length > 0) return formatRecord(record);
  const texts = composeDocuments(before).map(({ start, end }) =>
    before.slice(start, end).replace(/^---[^\n]*\n/, ''),
  );
  const others = records.flatMap(({ template }, index) =>
    template.ref === record.template.ref ? [] : [texts[index] ?? ''],
  );
  const at = records.findIndex(({ template }) => template.ref === record.template.ref);
  others.splice(at < 0 ? others.length : at, 0, formatRecord(record));
  return others.map(text => `${text.trimEnd()}\n`).join('---\n');
}
