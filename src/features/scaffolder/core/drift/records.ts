import { stringify } from 'yaml';
import { isGitPath } from '../../../../base';
import {
  type JsonObject,
  type Problem,
  readEntityRef,
  stringifyEntityRef,
} from '../../../../model';
import {
  type ComposedDocument,
  composeDocuments,
  MAX_YAML_LENGTH,
} from '../../../../platform/core/yaml';
import { FixtureReader, type FixtureValue, RECORD_PATH } from '..';
import {
  isDigest,
  type RecordedFile,
  type RecordedTemplate,
  SHIPPED,
  type TemplateRecord,
} from './templateRecord';

/** Whether a path with `/` is a valid file path in a project on every system. */
export function isRecordedPath(path: string): boolean {
  const isPlain = path.split('/').every(name => !['', '.', '..'].includes(name));
  return isPlain && !/[\0\\]|^[A-Za-z]:/.test(path) && !isGitPath(path) && path !== RECORD_PATH;
}

interface RecordReading {
  /** Valid records. */
  readonly records: readonly TemplateRecord[];
  readonly problems: readonly Problem[];
}

/** Problem code of an invalid record. */
const INVALID_RECORD = 'invalid-template-record';

/**
 * Reads the records of a project's templates, one YAML document each. The text is untrusted.
 * @param file - its URI
 */
export function readRecords(text: string, file: string): RecordReading {
  const fail = (message: string): RecordReading => {
    const reader = new FixtureReader('', file, undefined, INVALID_RECORD);
    reader.report(message, reader.rangeAt(0, 0));
    return { records: [], problems: reader.problems };
  };
  if (text.length > MAX_YAML_LENGTH) {
    return fail(`The record is larger than ${MAX_YAML_LENGTH / 1024 / 1024} MB`);
  }
  const records: TemplateRecord[] = [];
  const problems: Problem[] = [];
  const documents = composeDocuments(text);
  if (documents.every(({ document }) => document?.contents === null)) {
    return fail('The file is empty. A record needs a template');
  }
  const refs = new Set<string>();
  for (const [index, composed] of documents.entries()) {
    const { record, problems: own } = readDocument(composed, index, { text, file, refs });
    problems.push(...own);
    if (!record) continue;
    refs.add(record.template.ref);
    records.push(record);
  }
  return { records, problems };
}

interface RecordFile {
  readonly text: string;
  readonly file: string;
  /** Template refs of earlier records. */
  readonly refs: ReadonlySet<string>;
}

function readDocument(
  composed: ComposedDocument,
  index: number,
  { text, file, refs }: RecordFile,
): { record: TemplateRecord | undefined; problems: readonly Problem[] } {
  const reader = new FixtureReader(text, file, { ...composed, index }, INVALID_RECORD);
  const { problems } = reader;
  const root = reader.root(composed);
  const record = root && readRecord(root, reader);
  if (!record || !refs.has(record.template.ref)) return { record, problems };
  const place = reader.rangeOf(['template', 'ref']);
  reader.report(`Duplicate record of ${record.template.ref}`, place);
  return { record: undefined, problems };
}

const FIELDS = ['version', 'template', 'values', 'unset', 'files'];
const TEMPLATE_FIELDS = ['ref', 'source', 'path', 'commit', 'digest', 'user', 'task'];
const FILE_FIELDS = ['digest', 'executable', 'commit'];

function readRecord(root: FixtureValue, reader: FixtureReader): TemplateRecord | undefined {
  const fields = reader.fields(root, 'A record', FIELDS);
  if (!fields) return undefined;
  const version = fields.get('version');
  if (version?.value !== 1) {
    const place = reader.rangeOf(version?.path ?? []);
    reader.report('This version of Callboard can only read records with version: 1', place);
    return undefined;
  }
  const template = readTemplate(fields.get('template'), reader);
  const values = readValues(fields.get('values'), reader);
  const unset = readUnset(fields.get('unset'), reader);
  const files = readFiles(fields.get('files'), reader);
  return template && reader.problems.length === 0 ? { template, values, unset, files } : undefined;
}

/** Rejects names that would reach the prototype of objects. */
function readValues(field: FixtureValue | undefined, reader: FixtureReader): JsonObject {
  const values = reader.object(field, 'values');
  for (const name of ['__proto__', 'constructor', 'prototype']) {
    if (!Object.hasOwn(values, name)) continue;
    reader.report(`A value can't have the name ${name}`, reader.keyRangeOf(['values', name]));
  }
  return values;
}

function readUnset(field: FixtureValue | undefined, reader: FixtureReader): readonly string[] {
  if (!field) return [];
  return (reader.list(field, 'unset') ?? []).map(item => reader.text(item, 'A pointer') ?? '');
}

function readTemplate(
  field: FixtureValue | undefined,
  reader: FixtureReader,
): RecordedTemplate | undefined {
  if (!field) {
    reader.report('A record needs a template', reader.rangeOf([]));
    return undefined;
  }
  const fields = reader.fields(field, 'template', TEMPLATE_FIELDS);
  if (!fields) return undefined;
  const text = (name: string, fits: (text: string) => boolean, must: string) => {
    const written = fields.get(name);
    const value = reader.text(written, name);
    if (value === undefined || fits(value)) return value;
    reader.report(`${name} must be ${must}`, reader.rangeOf(written?.path ?? field.path));
    return undefined;
  };
  const required = (name: string, value: string | undefined): string => {
    if (!fields.has(name)) reader.report(`template has no ${name}`, reader.rangeOf(field.path));
    return value ?? '';
  };
  const ref = text('ref', isTemplateRef, 'the ref of a template: template:namespace/name');
  const digest = text('digest', isDigest, 'sha256: and 64 hexadecimal digits');
  return {
    ref: normalRef(required('ref', ref)),
    source: text('source', isSource, `the address of a git repository, or ${SHIPPED}NAME`),
    path: text('path', isRecordedPath, 'the path of a file in its repository'),
    commit: text('commit', isCommit, 'the id of a commit'),
    digest: required('digest', digest),
    user: text('user', ref => readEntityRef(ref, USER).ok, 'the ref of a user'),
    task: text('task', id => /^[\w-]{1,100}$/.test(id), 'the id of a task'),
  };
}

const USER = { defaultKind: 'user' };

function isTemplateRef(text: string): boolean {
  const ref = readEntityRef(text, { defaultKind: 'template' });
  return ref.ok && ref.value.kind.toLowerCase() === 'template';
}

function normalRef(text: string): string {
  const ref = readEntityRef(text, { defaultKind: 'template' });
  return ref.ok ? stringifyEntityRef(ref.value) : text;
}

/** Rejects a leading dash, which git would read as an option. */
function isSource(text: string): boolean {
  const name = text.startsWith(SHIPPED) ? text.slice(SHIPPED.length) : undefined;
  return name === undefined
    ? text !== '' && !/^-|[\0-\x20\x7f]/.test(text)
    : /^[a-z0-9][a-z0-9-]*$/.test(name);
}

function isCommit(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

function readFiles(
  field: FixtureValue | undefined,
  reader: FixtureReader,
): ReadonlyMap<string, RecordedFile> {
  const files = new Map<string, RecordedFile>();
  if (!field) return files;
  for (const [path, written] of reader.map(field, 'files') ?? []) {
    if (!isRecordedPath(path)) {
      const place = reader.keyRangeOf(written.path);
      reader.report('Files of a record must be in the project, outside .git', place);
      continue;
    }
    const file = readFile(written, reader);
    if (file) files.set(path, file);
  }
  return files;
}

function readFile(written: FixtureValue, reader: FixtureReader): RecordedFile | undefined {
  const short = typeof written.value === 'string';
  const fields = short
    ? new Map([['digest', written]])
    : reader.fields(written, 'A file', FILE_FIELDS);
  if (!fields) return undefined;
  const digest = reader.text(fields.get('digest'), 'digest') ?? '';
  const commit = reader.text(fields.get('commit'), 'commit');
  const isExecutable = reader.flag(fields.get('executable'), 'executable');
  if (!isDigest(digest)) {
    const place = reader.rangeOf(fields.get('digest')?.path ?? written.path);
    reader.report('A file needs a digest: sha256: and 64 hexadecimal digits', place);
    return undefined;
  }
  if (commit !== undefined && !isCommit(commit)) {
    const place = reader.rangeOf(fields.get('commit')?.path ?? written.path);
    reader.report('commit must be the id of a commit', place);
    return undefined;
  }
  return { digest, isExecutable, commit };
}

const HEADING = `# Written by Callboard: the template that this project was created from. Keep this file, so that
# "Check for Template Updates" can apply later changes of the template.
`;

/** Formats a record as a YAML document. */
export function formatRecord({ template, values, unset, files }: TemplateRecord): string {
  const { ref, source, path, commit, digest, user, task } = template;
  const paths = [...files.keys()].sort();
  const document = {
    version: 1,
    // `stringify` omits undefined fields.
    template: { ref, source, path, commit, digest, user, task },
    values,
    ...(unset.length > 0 ? { unset } : {}),
    files: new Map(paths.map(name => [name, formatFile(files.get(name))])),
  };
  return HEADING + stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}

function formatFile(file: RecordedFile | undefined): unknown {
  const { digest, isExecutable, commit } = file ?? {};
  if (!isExecutable && commit === undefined) return digest;
  return { digest, ...(isExecutable ? { executable: true } : {}), commit };
}

/**
 * Adds a record to the text of a record file, or replaces the record of the same Template. A file with problems
 * is overwritten.
 * @param before - undefined if the file doesn't exist
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
