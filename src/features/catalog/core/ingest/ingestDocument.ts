import type { FailedEntity } from '../../../../api';
import { uriPath } from '../../../../base';
import { type Entity, type Problem, stringifyEntityRef } from '../../../../model';
import { TECHDOCS_REF } from '../../../../model/presentation';
import {
  validateEnvelope,
  type ValidationIssue,
  type ValidationStage,
} from '../../../../model/validation';
import { skeletonFolders } from '../../../templates/core';
import type { CatalogProblemCode } from '../problems/problemSeverities';
import { annotationReferences, writtenAnnotations } from '../processing/annotations';
import { findCaseVariants } from '../processing/caseVariants';
import { misspelledFields } from '../processing/misspelledFields';
import { resolvePlaceholders } from '../processing/placeholders';
import { postProcess, preProcess } from '../processing/processors';
import {
  collectReferences,
  type SortedEntity,
  sortReferenceFields,
} from '../processing/references';
import { knownInstead } from '../processing/unknownKind';
import type {
  AnnotationReference,
  EntityRecord,
  FileRecord,
  MisplacedReference,
  Sighting,
} from '../records';
import { type LocationTarget, locationTargets } from '../locations';
import { DocumentReport, readableName, reportUnread } from './documentReport';
import { validateSorted } from './documentValidation';
import { formatPath, withAnnotations, withNamespace } from './documentValue';
import type { IngestContext } from './ingestContext';
import {
  hasStructuralTemplateSyntax,
  hasTemplatedIdentity,
  hasTemplateSyntax,
  isTemplateEntity,
} from './templateSyntax';
import type { FieldPath, YamlDocument } from './yaml/yamlDocument';

const CODE_OF_STAGE: Readonly<Record<ValidationStage, CatalogProblemCode>> = {
  envelope: 'invalid-envelope',
  policy: 'invalid-metadata',
  kind: 'invalid-spec',
  'unknown-kind': 'unknown-kind',
};

/** Result of processing a document. */
type Outcome = 'entity' | 'failed' | 'templated';

/** Processes the documents of one file, one at a time. */
export class DocumentIngestion {
  #uri: string;
  #boundary: string;
  #context: IngestContext;
  #isWritten: boolean;
  #entities: EntityRecord[] = [];
  #failed: FailedEntity[] = [];
  #problems: Problem[] = [];
  #locationTargets: LocationTarget[] = [];
  #misplaced: MisplacedReference[] = [];
  #annotationRefs: AnnotationReference[] = [];
  #skeletonFolders: string[] = [];
  #dependencies = new Set<string>();
  #sightings = new Map<string, Sighting>();

  constructor(deps: {
    uri: string;
    boundary: string;
    context: IngestContext;
    /** Whether a user wrote the documents, so that ignored parts are reported. */
    isWritten?: boolean;
  }) {
    this.#uri = deps.uri;
    this.#boundary = deps.boundary;
    this.#context = deps.context;
    this.#isWritten = deps.isWritten ?? true;
  }

  result(): Omit<FileRecord, 'uri' | 'documents' | 'hasSkippedDocuments' | 'disabledLines'> {
    return {
      entities: this.#entities,
      failed: this.#failed,
      problems: this.#problems,
      locationTargets: this.#locationTargets,
      misplaced: this.#misplaced,
      annotationRefs: this.#annotationRefs,
      skeletonFolders: this.#skeletonFolders,
      dependencies: [...this.#dependencies],
      sightings: [...this.#sightings.values()],
    };
  }

  async ingest(document: YamlDocument): Promise<void> {
    const report = new DocumentReport(this.#uri, document);
    const outcome = await this.#ingest(document, report);
    // A skeleton's document is neither an entity nor an error, whatever was found so far.
    if (outcome === 'templated') return;
    if (outcome === 'entity') await this.#lookForDocs(document, report);
    const ofTemplate = await this.#checkTemplate(document, report);
    for (const sighting of ofTemplate) this.#sightings.set(sighting.uri, sighting);
    if (mayBeOutdated(document.source)) await this.#checkRelease(document, report);
    this.#problems.push(...report.problems);
    if (outcome === 'failed') {
      this.#failed.push({ ...readableName(document.value), source: report.source });
    }
  }

  async #ingest(document: YamlDocument, report: DocumentReport): Promise<Outcome> {
    if (document.faults.length) {
      const isMisread = document.faults.every(({ code }) => code === 'yaml-syntax');
      if (isMisread && this.#excuses(() => this.#isBrokenByTemplateSyntax(document))) {
        return 'templated';
      }
      for (const { code, message, range } of document.faults) {
        report.addAt(range, code, code === 'yaml-syntax' ? `YAML error: ${message}` : message);
      }
      return 'failed';
    }
    if (this.#excuses(() => hasTemplatedIdentity(document))) return 'templated';
    const envelope = validateEnvelope(document.value);
    if (envelope.length) return this.#refuse(document, report, envelope);
    const { strict } = this.#context;
    const written = withAnnotations(document.value as Entity, { isStrict: strict !== undefined });
    const placeholders = strict
      ? await strict.placeholders(written, strict.base ?? uriPath(this.#uri))
      : await resolvePlaceholders(written, {
          fileSystem: this.#context.fileSystem,
          base: this.#uri,
          boundary: this.#boundary,
          maxFileSize: this.#context.maxFileSize,
        });
    for (const dependency of placeholders.dependencies) this.#dependencies.add(dependency);
    for (const { code, message, path } of placeholders.issues) {
      report.add({ code, message, path });
    }
    // A Backstage that can't read its own file lacks the value.
    if (strict) report.raise('placeholder-not-read', 'warning');
    if (placeholders.issues.some(({ code }) => code === 'placeholder-invalid')) return 'failed';
    if (this.#context.kinds.isModel && this.#isOtherVersion(written)) {
      const { kind, apiVersion } = written;
      const message = `Kind "${kind}" exists, but has no version matching apiVersion "${apiVersion}"`;
      const suggestions = knownInstead(written, 'apiVersion', this.#context.kinds);
      report.add({ code: 'unknown-kind', message, path: ['apiVersion'], suggestions });
      return 'failed';
    }

    const { entity: preProcessed, problems: preProblems } = preProcess(
      await this.#withOwner(placeholders.value as Entity, report),
      this.#context.processors,
    );
    report.addProcessorProblems(preProblems);
    if (!preProcessed) return 'failed';
    const sorted = sortReferenceFields(preProcessed, this.#context.kinds);
    const validation = validateSorted(sorted, placeholders, this.#context);
    if (validation.issues.length) return this.#refuse(document, report, validation.issues);
    if (validation.withheld) {
      report.raise('placeholder-not-read', 'warning');
      return 'failed';
    }
    return this.#accept(document, report, withNamespace(sorted.entity), sorted);
  }

  /** Checks the docs folder, except in strict mode, where the server has other rules. */
  async #lookForDocs(document: YamlDocument, report: DocumentReport): Promise<void> {
    const { strict, techdocsFolders } = this.#context;
    if (strict || !this.#isWritten) return;
    const annotations = writtenAnnotations(document.value);
    const place = { base: this.#uri, boundary: this.#boundary };
    const finding = await techdocsFolders.find(annotations, place);
    if (!finding) return;
    const { message, sightings, dependencies } = finding;
    for (const dependency of dependencies) this.#dependencies.add(dependency);
    for (const sighting of sightings) this.#sightings.set(sighting.uri, sighting);
    if (message !== undefined) {
      const path = ['metadata', 'annotations', TECHDOCS_REF];
      report.add({ code: 'techdocs-ref-missing', message, path });
    }
  }

  /** Checks a Template, even an invalid one, if it is parseable. */
  async #checkTemplate(
    document: YamlDocument,
    report: DocumentReport,
  ): Promise<readonly Sighting[]> {
    const isReadable = document.faults.length === 0 && isTemplateEntity(document.value);
    if (!this.#isWritten || !isReadable) return [];
    // Loaded on demand: many catalogs have no templates.
    const { checkTemplate } = await import('../processing/templates');
    const { fileSystem, scaffolderActions, describedActions, release, strict } = this.#context;
    return checkTemplate(document.value, report, {
      scaffolderActions,
      describedActions,
      release,
      // A server that reads local files has other rules for them.
      place: strict ? undefined : { base: this.#uri, boundary: this.#boundary, fileSystem },
    });
  }

  /** Reports fields of other kinds that Backstage removed. */
  async #checkRelease(document: YamlDocument, report: DocumentReport): Promise<void> {
    if (!this.#isWritten || document.faults.length || isTemplateEntity(document.value)) return;
    const { releaseIssues } = await import('../processing/releases');
    for (const issue of releaseIssues(document.value, this.#context.release)) report.add(issue);
  }

  /** Whether the model knows the kind but not this version; Templates aren't in the model. */
  #isOtherVersion({ kind, apiVersion }: Entity): boolean {
    const { kinds } = this.#context;
    if (kind === 'Template' || kinds.find(apiVersion, kind)) return false;
    return kinds
      .knownKinds()
      .some(known => known.kind === kind && (known.isOfModel ?? !known.custom));
  }

  /** Adds the owner from CODEOWNERS, if enabled and missing. */
  async #withOwner(entity: Entity, report: DocumentReport): Promise<Entity> {
    const { codeowners, kinds } = this.#context;
    if (!codeowners?.isWanted(entity, kinds)) return entity;
    const root = this.#boundary;
    for (const dependency of codeowners.dependencies(root)) this.#dependencies.add(dependency);
    const added = await codeowners.add(entity, { file: this.#uri, root });
    if (!added) return entity;
    report.add({
      code: 'owner-from-codeowners',
      message: `The owner is ${added.owner}, by ${added.from}`,
      path: ['spec', 'owner'],
    });
    return added.entity;
  }

  /** Whether template syntax makes the document part of a skeleton, which a server wouldn't recognize. */
  #excuses(isTemplated: () => boolean): boolean {
    return !this.#context.strict && isTemplated();
  }

  /**
   * Whether template syntax breaks the YAML. In a Template it doesn't, unless the Template itself
   * is part of a skeleton, judging by its name or folder.
   */
  #isBrokenByTemplateSyntax(document: YamlDocument): boolean {
    if (!isTemplateEntity(document.value)) return hasStructuralTemplateSyntax(document.source);
    if (hasTemplatedIdentity(document)) return true;
    return /\/skeletons?\//i.test(this.#uri) && hasTemplateSyntax(document.source);
  }

  /** Reports the issues of a document, unless template syntax causes them. */
  #refuse(
    document: YamlDocument,
    report: DocumentReport,
    issues: readonly ValidationIssue[],
  ): Outcome {
    const isTemplated = this.#excuses(() =>
      issues.some(({ path, at }) => at === 'value' && hasTemplateSyntax(document.sourceOf(path))),
    );
    if (isTemplated && !isTemplateEntity(document.value)) return 'templated';
    for (const { stage, message, path, at, suggestions: repairs } of issues) {
      if (stage === 'unknown-kind')
        this.#reportUnknownKind(document, report, { message, path, at });
      else report.add({ code: CODE_OF_STAGE[stage], message, path, at, suggestions: repairs });
    }
    this.#reportMisspelled(document, report);
    return 'failed';
  }

  /**
   * Reports an unknown kind. A kind similar to a known one is an error; any other may be known to
   * the organization's Backstage.
   */
  #reportUnknownKind(
    { value }: YamlDocument,
    report: DocumentReport,
    issue: Pick<ValidationIssue, 'message' | 'path' | 'at'>,
  ): void {
    const field = issue.path[0] === 'kind' ? 'kind' : 'apiVersion';
    const suggestions = knownInstead(value, field, this.#context.kinds);
    const { kind: subject, apiVersion } = value as Entity;
    report.add({
      ...issue,
      code: 'unknown-kind',
      ...(suggestions.length
        ? { suggestions, severity: 'error' }
        : { cause: { subject, apiVersion } }),
    });
  }

  /** Reports misspelled fields, also of invalid entities, whose missing field may just be misspelled. */
  #reportMisspelled(document: YamlDocument, report: DocumentReport): void {
    if (!this.#isWritten) return;
    for (const issue of misspelledFields(document.value, this.#context.kinds)) {
      report.add({ code: 'misspelled-field', at: 'key', ...issue });
    }
  }

  #accept(
    document: YamlDocument,
    report: DocumentReport,
    entity: Entity,
    sorted: SortedEntity,
  ): Outcome {
    const writtenPath = (path: FieldPath): FieldPath => sorted.writtenPath(path);
    const { references, misplaced, issues } = collectReferences(entity, this.#context.kinds);
    const templated = this.#excuses(() =>
      [...references, ...issues].some(({ path }) =>
        hasTemplateSyntax(document.sourceOf(writtenPath(path))),
      ),
    );
    if (templated && !isTemplateEntity(entity)) return 'templated';
    for (const { message, path } of issues) {
      report.add({ code: 'invalid-reference', message, path: writtenPath(path) });
    }
    const variants = findCaseVariants(entity);
    if (variants) {
      report.add({
        code: 'case-variant-keys',
        message: variants.message,
        path: writtenPath(variants.path),
        at: 'key',
      });
    }
    if (this.#isWritten) reportUnread(document, report);
    this.#reportMisspelled(document, report);
    const ref = stringifyEntityRef(entity);
    const targets = this.#context.strict
      ? { targets: [], issues: [] }
      : locationTargets(entity, { base: this.#uri, boundary: this.#boundary });
    for (const { message, path } of targets.issues) {
      report.add({ code: 'location-target-invalid', message, path });
    }
    // The server detects case variants only when it serves the entity, after its relations.
    if (issues.length || (variants && !this.#context.strict)) return 'failed';

    const { relations, problems } = postProcess(entity, this.#context.processors);
    report.addProcessorProblems(problems);
    if (problems.some(({ isFatal }) => isFatal)) return 'failed';
    this.#locationTargets.push(
      ...targets.targets.map(({ path, ...target }) => ({
        ...target,
        range: document.locate(path, 'value'),
        document: document.index,
        entityRef: ref,
      })),
    );
    this.#misplaced.push(
      ...misplaced.map(({ path, targetRef, rule }) => ({
        field: formatPath(writtenPath(path)),
        targetRef,
        expectedKinds: rule.expectedKinds ?? [],
        defaultKind: rule.defaultKind,
        range: document.locate(writtenPath(path), 'value'),
        document: document.index,
        entityRef: ref,
      })),
    );
    if (this.#isWritten) {
      this.#annotationRefs.push(
        ...annotationReferences(writtenAnnotations(document.value)).map(({ key, targetRef }) => ({
          key,
          targetRef,
          range: document.locate(['metadata', 'annotations', key], 'value'),
          document: document.index,
          entityRef: ref,
        })),
      );
    }
    if (entity.kind === 'Template') {
      this.#skeletonFolders.push(...skeletonFolders(entity.spec?.['steps'], this.#uri));
    }
    this.#entities.push({
      ref,
      entity,
      source: report.source,
      references: references
        .filter(({ isOneWay }) => !isOneWay)
        .map(({ path, written, targetRef, rule }) => ({
          field: formatPath(writtenPath(path)),
          written,
          targetRef,
          type: rule.type,
          inverse: rule.inverse,
          defaultKind: rule.defaultKind,
          range: document.locate(writtenPath(path), 'value'),
        })),
      emitted: [
        ...relations,
        ...references.flatMap(({ isOneWay, targetRef, rule }) =>
          isOneWay ? [{ sourceRef: ref, type: rule.type, targetRef }] : [],
        ),
      ],
    });
    report.entityRef = ref;
    return 'entity';
  }
}

/**
 * Whether a document may have a field that Backstage removed from a kind other than Template: the rules load on demand.
 */
function mayBeOutdated(source: string): boolean {
  return OUTDATED.some(field => source.includes(field));
}

const OUTDATED = ['implementsApis', 'ancestors', 'descendants'];
