import type { EntitySource, FailedEntity } from '../../../api';
import { isRecord } from '../../../base';
import { type Problem, stringifyEntityRef } from '../../../model';
import type { ProcessorProblem } from '../processing/processors';
import { type CatalogProblemCode, problemSeverities } from '../problems/problemSeverities';
import type { FieldPath, YamlDocument } from './yamlDocument';

/** Gathers the problems of one document. */
export class DocumentReport {
  readonly problems: Problem[] = [];
  entityRef: string | undefined;
  #uri: string;
  #document: YamlDocument;

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
  }): void {
    const { code, message, path, at = 'value', suggestions } = issue;
    this.#push(this.#document.locate(path, at), {
      code,
      message,
      severity: problemSeverities[code],
      ...(suggestions?.length && { suggestions }),
    });
  }

  addAt(range: Problem['range'], code: CatalogProblemCode, message: string): void {
    this.#push(range, { code, message, severity: problemSeverities[code] });
  }

  addProcessorProblems(problems: readonly ProcessorProblem[]): void {
    for (const { code, message, severity, path } of problems) {
      this.#push(this.#document.locate(path, 'value'), { code, message, severity });
    }
  }

  #push(
    range: Problem['range'],
    problem: Pick<Problem, 'code' | 'message' | 'severity' | 'suggestions'>,
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

/** What the document would be called, as far as it can be told. */
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
