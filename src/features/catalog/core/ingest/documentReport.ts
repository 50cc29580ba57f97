import type { EntitySource, FailedEntity } from '../../../../api';
import { isRecord, LineIndex, type Position, type Range } from '../../../../base';
import {
  type Problem,
  type ProblemCause,
  type Severity,
  stringifyEntityRef,
} from '../../../../model';
import { writtenSpans } from '../../../../platform/core/yaml';
import { type CatalogProblemCode, problemSeverities } from '../problems/problemSeverities';
import { annotationIssues, writtenAnnotations } from '../processing/annotations';
import type { ProcessorProblem } from '../processing/processors';
import type { FieldPath, YamlDocument } from './yaml/yamlDocument';

/** A text of a document that converts offsets into ranges. */
interface PlacedText {
  readonly path: FieldPath;
  readonly rangeOf:
    | ((span: { readonly start: number; readonly end: number }) => Range | undefined)
    | undefined;
}

/** Collects the problems of one document. */
export class DocumentReport {
  readonly problems: Problem[] = [];
  entityRef: string | undefined;
  #uri: string;
  #document: YamlDocument;
  /** Text of the last partial range. */
  #text: PlacedText | undefined;

  constructor(uri: string, document: YamlDocument) {
    this.#uri = uri;
    this.#document = document;
    const name = readableName(document.value);
    if (name.kind && name.name) {
      this.entityRef = stringifyEntityRef({
        kind: name.kind,
        namespace: name.namespace,
        name: name.name,
      });
    }
  }

  get source(): EntitySource {
    return {
      file: this.#uri,
      document: this.#document.index,
      range: this.#document.range,
      nameRange: this.#document.locate(['metadata', 'name'], 'value'),
    };
  }

  add(issue: {
    code: CatalogProblemCode;
    message: string;
    path: FieldPath;
    at?: 'key' | 'value';
    suggestions?: readonly string[] | undefined;
    /** Part of the text at the path, as offsets into the parsed text. */
    span?: { readonly start: number; readonly end: number } | undefined;
    /** Default: the severity of the code. */
    severity?: Severity | undefined;
    cause?: ProblemCause | undefined;
  }): void {
    const { code, message, path, at = 'value', suggestions, span, severity, cause } = issue;
    this.#push((span && this.#rangeOfPart(path, span)) ?? this.#document.locate(path, at), {
      code,
      message,
      severity: severity ?? problemSeverities[code],
      ...(suggestions?.length && { suggestions }),
      ...(cause && { cause }),
    });
  }

  /** Changes the severity of problems with a code. */
  raise(code: CatalogProblemCode, severity: Severity): void {
    for (const [index, problem] of this.problems.entries()) {
      if (problem.code === code) this.problems[index] = { ...problem, severity };
    }
  }

  addAt(range: Problem['range'], code: CatalogProblemCode, message: string): void {
    this.#push(range, { code, message, severity: problemSeverities[code] });
  }

  addProcessorProblems(problems: readonly ProcessorProblem[]): void {
    for (const { code, message, severity, path } of problems) {
      this.#push(this.#document.locate(path, 'value'), { code, message, severity });
    }
  }

  /** Returns undefined if the text isn't in the document, such as one behind an alias. */
  #rangeOfPart(
    path: FieldPath,
    span: { readonly start: number; readonly end: number },
  ): Range | undefined {
    // Cached, because many problems may concern one long text.
    if (this.#text?.path !== path) this.#text = { path, rangeOf: this.#textAt(path) };
    return this.#text.rangeOf?.(span);
  }

  #textAt(path: FieldPath): PlacedText['rangeOf'] {
    const written = this.#document.sourceOf(path);
    const value = valueAt(this.#document.value, path);
    if (written === undefined || typeof value !== 'string') return undefined;
    const spanOf = writtenSpans(written, value);
    if (!spanOf) return undefined;
    const { start } = this.#document.locate(path, 'value');
    const lines = new LineIndex(written);
    return span => {
      const part = spanOf(span);
      if (part.end <= part.start) return undefined;
      const { start: from, end: to } = lines.rangeAt(part.start, part.end);
      return { start: shifted(from, start), end: shifted(to, start) };
    };
  }

  #push(
    range: Problem['range'],
    problem: Pick<Problem, 'code' | 'message' | 'severity' | 'suggestions' | 'cause'>,
  ): void {
    this.problems.push({
      ...problem,
      file: this.#uri,
      document: this.#document.index,
      range,
      ...(this.entityRef === undefined ? {} : { entityRef: this.entityRef }),
    });
  }
}

/** Converts a position in a text to one in the file. */
function shifted({ line, character }: Position, start: Position): Position {
  return {
    line: start.line + line,
    character: line === 0 ? start.character + character : character,
  };
}

function valueAt(value: unknown, path: FieldPath): unknown {
  let at = value;
  for (const segment of path) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, segment) : undefined;
  }
  return at;
}

/** Returns the kind, namespace and name of a document, as far as they are readable. */
export function readableName(value: unknown): Pick<FailedEntity, 'kind' | 'namespace' | 'name'> {
  const root = isRecord(value) ? value : {};
  const metadata = isRecord(root['metadata']) ? root['metadata'] : {};
  return {
    kind: nonEmptyString(root['kind']),
    namespace: nonEmptyString(metadata['namespace']),
    name: nonEmptyString(metadata['name']),
  };
}

function nonEmptyString(value: unknown): string | undefined {
  return typeof value === 'string' && value ? value : undefined;
}

/**
 * Reports parts of a document that are ignored or misinterpreted.
 *
 * Source: `EntityMeta.schema.json`, of the fields that users can't set.
 */
export function reportUnread(document: YamlDocument, report: DocumentReport): void {
  const { value } = document;
  for (const issue of annotationIssues(writtenAnnotations(value))) report.add(issue);
  const metadata = isRecord(value) && isRecord(value['metadata']) ? value['metadata'] : {};
  for (const field of ['uid', 'etag']) {
    if (!Object.hasOwn(metadata, field)) continue;
    const message = `metadata.${field} is set by Backstage: remove it`;
    report.add({ code: 'read-only-field', message, path: ['metadata', field], at: 'key' });
  }
}
