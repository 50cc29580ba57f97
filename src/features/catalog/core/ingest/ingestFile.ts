import { findDisabledLines } from '../../../../model';
import { Slices } from '../../../../platform/core';
import { isFixture } from '../../../../platform/core/files';
import { goldenFolders } from '../../../templates/core';
import { emptyFileRecord, type FileRecord } from '../records';
import { isOfAnotherKind } from './classification';
import type { IngestContext } from './ingestContext';
import { DocumentIngestion } from './ingestDocument';
import type { YamlDocument } from './yaml/yamlDocument';
import { parseYamlDocuments } from './yaml/yamlDocuments';

export interface IngestFileRequest {
  readonly uri: string;
  readonly text: string;
  /** Whether the file is meant to hold descriptors, by its name or because a Location says so. */
  readonly isMeant: boolean;
  /** The repository or workspace folder that placeholders stay within. */
  readonly boundary: string;
}

/**
 * Turns the text of one file into entities, failed entities and problems. Everything that Backstage
 * would read from the file is judged: if one document is a descriptor, or the file is meant to hold
 * them, all documents are, unless they clearly belong to something else. A fixture of a Template holds none, and tells
 * where others are that are none either.
 */
export async function ingestFile(
  { uri, text, isMeant, boundary }: IngestFileRequest,
  context: IngestContext,
): Promise<FileRecord> {
  if (!isMeant && isFixture(uri)) {
    const golden = parseYamlDocuments(text).flatMap(({ value }) => goldenFolders(value, uri));
    return { ...emptyFileRecord(uri), skeletonFolders: golden };
  }
  const { classifier } = context;
  if (!isMeant && !classifier.mayHoldDescriptors(text)) return emptyFileRecord(uri);
  const isDescriptor = (document: YamlDocument): boolean => classifier.isDescriptor(document);
  const documents = parseYamlDocuments(text);
  if (!isMeant && !documents.some(isDescriptor)) return emptyFileRecord(uri);
  const ingestion = new DocumentIngestion({ uri, boundary, context });
  let passedOver = false;
  const slices = new Slices();
  for (const document of documents) {
    if (slices.isOver) await slices.pause();
    if (document.isEmpty) continue;
    if (isMeant || isDescriptor(document) || !isOfAnotherKind(document.value)) {
      await ingestion.ingest(document);
    } else passedOver = true;
  }
  return {
    uri,
    documents: documents.length,
    passedOver,
    ...ingestion.result(),
    disabledLines: findDisabledLines(text),
  };
}
