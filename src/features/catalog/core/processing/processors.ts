import type { CatalogProcessor } from '../../../../api';
import { errorMessage, isRecord } from '../../../../base';
import { type Entity, severities, type Severity } from '../../../../model';
import type { FieldPath } from '../ingest/yaml/yamlDocument';
import { defaultSeverity } from '../problems/problemSeverities';
import type { EmittedRelation } from '../records';

export interface ProcessorProblem {
  readonly code: string;
  readonly message: string;
  readonly severity: Severity;
  readonly path: FieldPath;
  /** Whether it excludes the entity from the catalog. */
  readonly isFatal: boolean;
}

/**
 * Runs the processors of plugins on a valid envelope. As in Backstage, an error excludes the entity
 * from the catalog.
 */
export function preProcess(
  entity: Entity,
  processors: readonly CatalogProcessor[],
): { entity: Entity | undefined; problems: readonly ProcessorProblem[] } {
  let current = entity;
  for (const processor of processors) {
    if (!processor.preProcessEntity) continue;
    try {
      const processed: unknown = processor.preProcessEntity(structuredClone(current));
      if (!isRecord(processed)) throw new TypeError('It returned no entity');
      current = processed as unknown as Entity;
    } catch (error) {
      return { entity: undefined, problems: [failureOf(processor, 'preprocessing', error)] };
    }
  }
  return { entity: current, problems: [] };
}

/** Collects relations and problems of a valid entity from processors of plugins. */
export function postProcess(
  entity: Entity,
  processors: readonly CatalogProcessor[],
): { relations: readonly EmittedRelation[]; problems: readonly ProcessorProblem[] } {
  const relations: EmittedRelation[] = [];
  const problems: ProcessorProblem[] = [];
  for (const processor of processors) {
    if (!processor.postProcessEntity) continue;
    // Later results are ignored, because they could never be removed.
    let isDone = false;
    try {
      processor.postProcessEntity(structuredClone(entity), {
        relation: relation => {
          if (!isDone) relations.push(readRelation(relation));
        },
        problem: problem => {
          if (!isDone) problems.push(readProblem(problem));
        },
      });
    } catch (error) {
      problems.push(failureOf(processor, 'postprocessing', error));
    }
    isDone = true;
  }
  return { relations, problems };
}

/** @throws TypeError */
function readRelation(value: unknown): EmittedRelation {
  const { sourceRef, type, targetRef } = isRecord(value) ? value : {};
  if (typeof sourceRef !== 'string' || typeof type !== 'string' || typeof targetRef !== 'string') {
    throw new TypeError('A relation must have a string "sourceRef", "type" and "targetRef"');
  }
  return { sourceRef: sourceRef.toLowerCase(), type, targetRef: targetRef.toLowerCase() };
}

/** @throws TypeError */
function readProblem(value: unknown): ProcessorProblem {
  const { code, message, severity, path = [] } = isRecord(value) ? value : {};
  if (typeof code !== 'string' || typeof message !== 'string' || !isPath(path)) {
    throw new TypeError('A problem must have a string "code" and "message", and a list as "path"');
  }
  return {
    code,
    message,
    severity: severities.find(known => known === severity) ?? defaultSeverity(code) ?? 'warning',
    path,
    isFatal: false,
  };
}

function isPath(value: unknown): value is FieldPath {
  return (
    Array.isArray(value) &&
    value.every(step => typeof step === 'string' || typeof step === 'number')
  );
}

function failureOf(processor: CatalogProcessor, doing: string, error: unknown): ProcessorProblem {
  return {
    code: 'processor-failed',
    message: `Processor ${nameOf(processor)} threw an error while ${doing}; caused by ${errorMessage(error)}`,
    severity: 'error',
    path: [],
    isFatal: true,
  };
}

/** Returns a processor's name, even if its method throws. */
function nameOf(processor: CatalogProcessor): string {
  try {
    return processor.getProcessorName();
  } catch {
    // The error of the processor's own work is what is reported.
    return '(unnamed)';
  }
}
