import { findDisabledLines } from '../../../../model';
import { TimeSlicer } from '../../../../platform/core';
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
  /** Whether the file should contain descriptors, because of its name or a Location. */
  readonly expectsDescriptors: boolean;
  /** URI of the repository or workspace folder that placeholders can't leave. */
  readonly boundary: string;
}

/**
 * Converts the text of a file to entities, failed entities and problems. If the file should contain
 * descriptors, or one document is a descriptor, all documents are processed except those that
 * clearly are something else. A template fixture contains none, but names folders that don't
 * either.
 */
export async function ingestFile(
  { uri, text, expectsDescriptors, boundary }: IngestFileRequest,
  context: IngestContext,
  slices = new TimeSlicer(),
): Promise<FileRecord> {
  if (!expectsDescriptors && isFixture(uri)) {
    const golden = parseYamlDocuments(text).flatMap(({ value }) => goldenFolders(value, uri));
    return { ...emptyFileRecord(uri), skeletonFolders: golden };
  }
  const { classifier } = context;
  const isDescriptor = (document: YamlDocument): boolean => classifier.isDescriptor(document);
  const mayHold = expectsDescriptors || classifier.mayHoldDescriptors(text);
  const documents = mayHold ? parseYamlDocuments(text) : [];
  if (!expectsDescriptors && !documents.some(isDescriptor)) return emptyFileRecord(uri);
  const ingestion = new DocumentIngestion({ uri, boundary, context });
  let hasSkippedDocuments = false;
  for (const document of documents) {
    if (slices.isOver) await slices.pause();
    if (document.isEmpty) continue;
    if (expectsDescriptors || isDescriptor(document) || !isOfAnotherKind(document.value)) {
      await ingestion.ingest(document);
    } else hasSkippedDocuments = true;
  }
  return {
    uri,
    documents: documents.length,
    hasSkippedDocuments,
    ...ingestion.result(),
    disabledLines: findDisabledLines(text),
  };
}
