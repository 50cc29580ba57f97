import type { EntitySource, FailedEntity } from '../../../../api';
import { type Range, uriPath } from '../../../../base';
import {
  type DisabledLines,
  type Entity,
  findDisabledLines,
  getCompoundEntityRef,
  type Problem,
  stringifyEntityRef,
} from '../../../../model';
import { validateEnvelope, type ValidationIssue } from '../../../../model/validation';
import type { IngestContext } from '../ingest/ingestContext';
import { DocumentIngestion } from '../ingest/ingestDocument';
import type { YamlDocument } from '../ingest/yaml/yamlDocument';
import { parseYamlDocuments } from '../ingest/yaml/yamlDocuments';
import { type CatalogProblemCode } from '../problems/problemSeverities';
import type { AnnotationReference, EntityRecord, MisplacedReference } from '../records';
import { type ServerError, serverError } from './serverError';

/** A document that the server treats as an entity, whether or not it is valid. */
export interface ParsedEntity {
  readonly type: 'entity';
  readonly ref: string;
  /** Constant while the document's content is the same, wherever it is in the file. */
  readonly identity: number;
  readonly kind: string;
  readonly specType: unknown;
  /** Undefined for locations of the command line. */
  readonly source: EntitySource | undefined;
  /** Range of the value of `kind`. */
  readonly kindRange: Range;
  /** Undefined if the entity can't be processed. */
  readonly record: EntityRecord | undefined;
  /** Error that prevents processing. */
  readonly error: ServerError | undefined;
  /** Whether the processed entity can be served: two keys that differ only in case prevent it. */
  readonly isServable: boolean;
  /** Finds the range of a field, such as a Location's target. */
  readonly rangeOf: (path: readonly (string | number)[]) => Range;
}

/** A document whose error prevents the whole location from loading. */
export interface Obstacle {
  readonly type: 'obstacle';
  readonly error: ServerError;
  /** Set if the rest of the target can't be read either: the reason. */
  readonly unreadable?: string;
  readonly source: EntitySource;
}

export interface ParsedFile {
  readonly uri: string;
  /** Number of documents, including empty ones. */
  readonly documents: number;
  readonly results: readonly (ParsedEntity | Obstacle)[];
  readonly failed: readonly FailedEntity[];
  readonly problems: readonly Problem[];
  readonly misplaced: readonly MisplacedReference[];
  readonly annotationRefs: readonly AnnotationReference[];
  readonly disabledLines: DisabledLines;
  /** URLs that placeholders read, whether or not they exist. */
  readonly dependencies: readonly string[];
}

let lastIdentity = 0;

/** Returns a new number, unique in the process. */
export function newIdentity(): number {
  return ++lastIdentity;
}

/**
 * Processes every document of a file like the server, which recognizes neither templates of
 * descriptors nor documents of other products.
 *
 * @param file.url - address that it was read from; undefined for local files
 * @param before - previous result, so that unchanged documents keep their identity
 */
export async function parseFile(
  { uri, text, url }: { uri: string; text: string; url?: string | undefined },
  shared: IngestContext,
  before?: ParsedFile,
): Promise<ParsedFile> {
  const { strict } = shared;
  const context =
    url !== undefined && strict ? { ...shared, strict: { ...strict, base: url } } : shared;
  const location = url === undefined ? `file:${uriPath(uri)}` : `url:${url}`;
  const documents = parseYamlDocuments(text);
  const results: (ParsedEntity | Obstacle)[] = [];
  const failed: FailedEntity[] = [];
  const problems: Problem[] = [];
  const misplaced: MisplacedReference[] = [];
  const annotationRefs: AnnotationReference[] = [];
  const dependencies = new Set<string>();
  for (const document of documents) {
    if (document.isEmpty) continue;
    const ingestion = new DocumentIngestion({ uri, boundary: uri, context });
    await ingestion.ingest(document);
    const result = ingestion.result();
    problems.push(...result.problems.map(asError));
    misplaced.push(...result.misplaced);
    annotationRefs.push(...result.annotationRefs);
    for (const dependency of result.dependencies) dependencies.add(dependency);
    const hasModel = context.strict?.hasModel ?? false;
    const parsed = resultOf({ document, uri, location, hasModel }, result);
    results.push(parsed);
    failed.push(...result.failed);
    if (parsed.type === 'entity' && parsed.record && !parsed.isServable && parsed.source) {
      const { kind, namespace, name } = getCompoundEntityRef(parsed.record.entity);
      failed.push({ kind, namespace, name, source: parsed.source });
    }
  }
  return {
    uri,
    documents: documents.length,
    results: results.map(result => withFormerIdentity(result, before)),
    failed,
    problems,
    misplaced,
    annotationRefs,
    disabledLines: findDisabledLines(text),
    dependencies: [...dependencies],
  };
}

interface IngestionResult {
  readonly entities: readonly EntityRecord[];
  readonly problems: readonly Problem[];
}

function resultOf(
  {
    document,
    uri,
    location,
    hasModel,
  }: { document: YamlDocument; uri: string; location: string; hasModel: boolean },
  { entities, problems }: IngestionResult,
): ParsedEntity | Obstacle {
  const source: EntitySource = {
    file: uri,
    document: document.index,
    range: document.range,
    nameRange: document.locate(['metadata', 'name'], 'value'),
  };
  const obstacle = obstacleOf(document, location);
  if (obstacle) return { type: 'obstacle', ...obstacle, source };
  const written = document.value as Entity;
  const ref = stringifyEntityRef(written);
  const [record] = entities;
  return {
    type: 'entity',
    ref,
    identity: newIdentity(),
    kind: written.kind,
    specType: written.spec?.['type'],
    source,
    kindRange: document.locate(['kind'], 'value'),
    // The server stores entities as JSON, without NaN and infinity.
    record: record && { ...record, entity: JSON.parse(JSON.stringify(record.entity)) as Entity },
    error: record ? undefined : errorOf(problems, { ref, kind: written.kind, hasModel }),
    isServable: problems.every(({ code }) => code !== 'case-variant-keys'),
    rangeOf: path => document.locate(path, 'value'),
  };
}

/** Returns the reason why a location can't be loaded. Source: `parseEntityYaml`, `ProcessorOutputCollector`. */
function obstacleOf(
  { faults, value }: YamlDocument,
  location: string,
): Pick<Obstacle, 'error' | 'unreadable'> | undefined {
  const [fault] = faults;
  if (fault) {
    const message = `YAML error at ${location}, YAMLParseError: ${fault.message}`;
    const isOfValue = fault.code === 'yaml-aliases' || /^Unresolved alias/.test(fault.message);
    return {
      error: serverError('Error', message),
      ...(isOfValue && { unreadable: `ReferenceError: ${fault.message}` }),
    };
  }
  const [issue] = validateEnvelope(value);
  if (!issue) return undefined;
  return { error: serverError(isOfSchema(issue) ? 'TypeError' : 'Error', issue.message) };
}

function isOfSchema({ message }: ValidationIssue): boolean {
  return !/^Expected object at root|^metadata\.annotations must be a valid object$/.test(message);
}

/** The parts of a failing entity that occur in error messages. */
interface FailingEntity {
  readonly ref: string;
  readonly kind: string;
  /** Whether its kind comes from a model, which has a processor of its own. */
  readonly hasModel: boolean;
}

/** The server's wrapping of problem messages, by code; undefined if the problem isn't an error of the server. */
const wrappers: Readonly<
  Partial<
    Record<CatalogProblemCode, (message: string, entity: FailingEntity) => ServerError | undefined>
  >
> = {
  'placeholder-invalid': message =>
    serverError('InputError', 'Processor PlaceholderProcessor threw an error while preprocessing', {
      name: 'Error',
      message,
    }),
  'invalid-metadata': (message, { ref }) =>
    serverError('InputError', `Policy check failed for ${ref}`, { name: 'Error', message }),
  'unknown-kind': (message, entity) =>
    isNoVersionOfModel(message)
      ? serverError(
          'InputError',
          `Processor ${processorOf(entity)} threw an error while preprocessing`,
          {
            name: 'TypeError',
            message,
          },
        )
      : serverError('InputError', message),
  'invalid-spec': (message, entity) =>
    serverError(
      'InputError',
      `Processor ${processorOf(entity)} threw an error while validating the entity ${entity.ref}`,
      { name: 'TypeError', message },
    ),
  'invalid-reference': (message, entity) =>
    serverError(
      'InputError',
      `Processor ${processorOf(entity)} threw an error while postprocessing`,
      { name: message.includes(' was not on the form ') ? 'TypeError' : 'Error', message },
    ),
  'processor-failed': message => serverError('InputError', message),
};

function errorOf(problems: readonly Problem[], entity: FailingEntity): ServerError | undefined {
  const fatal = problems.find(({ code }) => code in wrappers);
  if (!fatal) return serverError('Error', `${entity.ref} could not be processed`);
  const isOfModel = entity.hasModel && entity.kind !== 'Template' && fatal.code === 'invalid-spec';
  const message = isOfModel ? validationOfModel(problems, entity) : fatal.message;
  return wrappers[fatal.code as CatalogProblemCode]?.(message, entity);
}

/** Unlike built-in processors, the model's processor reports all errors of a schema. */
function validationOfModel(problems: readonly Problem[], { kind }: FailingEntity): string {
  const messages = problems.flatMap(({ code, message }) =>
    code === 'invalid-spec' ? [message] : [],
  );
  return `Validation of ${kind} entity failed: ${messages.join('; ')}`;
}

function processorOf({ kind, hasModel }: FailingEntity): string {
  if (kind === 'Template') return 'ScaffolderEntitiesProcessor';
  return hasModel ? 'ModelProcessor' : 'BuiltinKindsEntityProcessor';
}

function isNoVersionOfModel(message: string): boolean {
  return /^Kind ".*" exists, but has no version/s.test(message);
}

/** Raises an unknown kind to an error, because here the server's kinds are known. */
function asError(problem: Problem): Problem {
  return problem.code === 'unknown-kind' ? { ...problem, severity: 'error' } : problem;
}

function withFormerIdentity<T extends ParsedEntity | Obstacle>(
  result: T,
  before: ParsedFile | undefined,
): T {
  if (result.type === 'obstacle' || !before) return result;
  const same = before.results.find(
    other => other.type === 'entity' && other.ref === result.ref && isSame(other, result),
  );
  return same?.type === 'entity' ? { ...result, identity: same.identity } : result;
}

function isSame(a: ParsedEntity, b: ParsedEntity): boolean {
  return (
    a.error?.message === b.error?.message &&
    JSON.stringify(a.record?.entity) === JSON.stringify(b.record?.entity)
  );
}
