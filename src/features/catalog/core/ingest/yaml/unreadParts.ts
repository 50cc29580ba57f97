import { isRecord } from '../../../../../base';
import { annotationIssues, writtenAnnotations } from '../../processing/annotations';
import type { DocumentReport } from '../documentReport';
import type { YamlDocument } from './yamlDocument';

/**
 * Reports what nobody reads of a document, or not as it is meant.
 *
 * Source: `EntityMeta.schema.json`, of the fields that cannot be set by the user.
 */
export function reportUnread(document: YamlDocument, report: DocumentReport): void {
  const { value } = document;
  for (const issue of annotationIssues(writtenAnnotations(value))) report.add(issue);
  const metadata = isRecord(value) && isRecord(value['metadata']) ? value['metadata'] : {};
  for (const field of ['uid', 'etag']) {
    if (!Object.hasOwn(metadata, field)) continue;
    const message = `metadata.${field} is Backstage's to write: leave it out`;
    report.add({ code: 'read-only-field', message, path: ['metadata', field], at: 'key' });
  }
}
