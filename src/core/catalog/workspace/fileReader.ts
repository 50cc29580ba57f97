import { errorMessage } from '../../../base';
import { KindRegistry, type Problem } from '../../../model';
import type { FileStat, FileSystem } from '../../ports';
import { DescriptorClassifier } from '../ingest/classification';
import type { IngestContext } from '../ingest/ingestContext';
import { emptyFileRecord, ingestFile } from '../ingest/ingestFile';
import { type KindSchemas, kindValidators } from '../customKinds/loadCustomKinds';
import type { CatalogOptions } from '../options';
import { hashText } from '../packing/longTexts';
import { problemCodes } from '../problems/problemCodes';
import { CodeownersOwners } from '../processing/codeownersOwner';
import { decodeText, isMissing } from '../processing/localReferences';
import type { FileRecord } from '../records';

/** A file, and how it is to be read. */
export interface FileRequest {
  readonly uri: string;
  /** Whether the file is meant to hold descriptors, by its name or because a Location says so. */
  readonly isMeant: boolean;
  /** The repository or workspace folder that placeholders stay within. */
  readonly boundary: string;
}

/** What a file looked like from outside when it was read: by it changes are told. */
export interface FileStamp {
  readonly mtime: number;
  readonly size: number;
  /** Of its text; for files so young that they could change again without looking any older. */
  readonly hash?: string;
}

export interface FileReading {
  readonly stamp: FileStamp;
  readonly record: FileRecord;
}

/** Options that every file is read by, in workers too. */
export type IngestOptions = Pick<
  CatalogOptions,
  'customKinds' | 'maxFileSize' | 'ownerFromCodeowners' | 'codeownersOwners'
>;

/** What the ingestion of files needs of the options. */
export async function ingestContext(
  {
    customKinds,
    kindSchemas,
    maxFileSize,
    ...options
  }: IngestOptions & { kindSchemas: KindSchemas },
  world: Pick<IngestContext, 'fileSystem' | 'processors'>,
): Promise<IngestContext> {
  const validators = await kindValidators(kindSchemas);
  const kinds = KindRegistry.builtin().withCustomKinds(customKinds, validators);
  return {
    kinds,
    kindSchemas,
    classifier: new DescriptorClassifier(kinds),
    maxFileSize,
    codeowners: codeownersOf(options, world.fileSystem),
    ...world,
  };
}

/** Undefined where entities without an owner stay without. */
export function codeownersOf(
  {
    ownerFromCodeowners,
    codeownersOwners,
  }: Pick<CatalogOptions, 'ownerFromCodeowners' | 'codeownersOwners'>,
  fileSystem: FileSystem,
): CodeownersOwners | undefined {
  return ownerFromCodeowners
    ? new CodeownersOwners({ fileSystem, mapping: codeownersOwners })
    : undefined;
}

/**
 * Reads a file and what its descriptors give. Undefined where it is gone or none of our business.
 *
 * @param now - milliseconds since the epoch
 */
export async function readFileRecord(
  { uri, isMeant, boundary }: FileRequest,
  context: IngestContext,
  now: number,
): Promise<FileReading | undefined> {
  const { fileSystem } = context;
  let stat: FileStat | undefined;
  try {
    // Looked at before it is read: what changes in between shows the next time.
    stat = await fileSystem.stat(uri);
    if (stat?.type !== 'file') return undefined;
    const text = await readText(uri, stat, isMeant, context);
    if (text === undefined) return undefined;
    const record =
      typeof text === 'string'
        ? await ingestFile({ uri, text, isMeant, boundary }, context)
        : emptyFileRecord(uri, [text]);
    return { stamp: stampOf(stat, text, now), record };
  } catch (error) {
    if (isMissing(error) || !isMeant) return undefined;
    const message = `The file could not be read: ${errorMessage(error)}`;
    return {
      // Not one that a file can have: such a file is read again whenever there is an occasion.
      stamp: { mtime: -1, size: stat?.size ?? -1 },
      record: emptyFileRecord(uri, [fileProblem(uri, 'file-not-read', message)]),
    };
  }
}

/** Whether a file is, from all that can be told without ingesting it, the one that was read. */
export async function isUnchanged(
  uri: string,
  { mtime, size, hash }: FileStamp,
  fileSystem: FileSystem,
): Promise<boolean> {
  const stat = await fileSystem.stat(uri);
  if (stat?.type !== 'file' || stat.mtime !== mtime || stat.size !== size) return false;
  if (hash === undefined) return true;
  try {
    return hashText(decodeText(await fileSystem.readFile(uri))) === hash;
  } catch {
    return false;
  }
}

/** The text, a problem in its place, or nothing where there is no reason to read the file. */
async function readText(
  uri: string,
  { size }: FileStat,
  isMeant: boolean,
  { fileSystem, classifier, maxFileSize }: IngestContext,
): Promise<string | Problem | undefined> {
  if (size <= maxFileSize) return decodeText(await fileSystem.readFile(uri));
  const isDescriptor =
    isMeant ||
    (size <= maxFileSize * 10 &&
      classifier.mayHoldDescriptors(decodeText(await fileSystem.readFile(uri))));
  return isDescriptor
    ? fileProblem(uri, 'file-too-large', tooLargeMessage(size, maxFileSize))
    : undefined;
}

/** Coarser than the clock of any file system that is in use: FAT counts in steps of two seconds. */
const YOUNG = 2000;

function stampOf({ mtime, size }: FileStat, text: string | Problem, now: number): FileStamp {
  const isYoung = mtime > now - YOUNG;
  if (!isYoung || typeof text !== 'string') return { mtime, size };
  return { mtime, size, hash: hashText(text) };
}

function tooLargeMessage(size: number, limit: number): string {
  return `The file has ${size} bytes, more than the ${limit} that are read; see callboard.catalog.maxFileSize`;
}

/** A problem of a file as a whole. */
export function fileProblem(
  file: string,
  code: 'file-too-large' | 'file-not-read',
  message: string,
): Problem {
  return {
    code,
    message,
    severity: problemCodes[code].defaultSeverity,
    file,
    document: undefined,
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  };
}
