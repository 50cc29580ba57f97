import type { EntitySource, FailedEntity } from '../../../api';
import type { Range } from '../../../base';
import type {
  DisabledLines,
  Entity,
  EntityRelation,
  JsonObject,
  Problem,
  ReferenceSite,
} from '../../../model';
import type { LocationTarget } from './locations';

/** A ref to a kind that its field isn't meant for, whether or not it gives a relation. */
export interface MisplacedReference {
  /** Path of the field: `spec.dependsOn[1]`. */
  readonly field: string;
  /** Full ref, lowercase. */
  readonly targetRef: string;
  readonly expectedKinds: readonly string[];
  /** Kind of refs without a kind in this field. */
  readonly defaultKind: string | undefined;
  readonly range: Range;
  readonly document: number;
  /** Ref of the entity with the field. */
  readonly entityRef: string;
}

/** A ref in an annotation, which gives no relation. */
export interface AnnotationReference {
  /** Key of the annotation. */
  readonly key: string;
  /** Full ref, lowercase. */
  readonly targetRef: string;
  readonly range: Range;
  readonly document: number;
  /** Ref of the entity with the annotation. */
  readonly entityRef: string;
}

/** A ref outside the graph. */
export type UnrelatedReference = MisplacedReference | AnnotationReference;

/** Existence of a file or folder that a file depends on. */
export interface Sighting {
  readonly uri: string;
  readonly isThere: boolean;
}

/** A relation emitted by a plugin's processor, with its source. */
export interface EmittedRelation extends EntityRelation {
  readonly sourceRef: string;
}

/** A valid entity of a document or provider, which may be overridden by another with the same ref. */
export interface EntityRecord {
  /** `kind:namespace/name`, lowercase. */
  readonly ref: string;
  /** Entity without location annotations and relations. */
  readonly entity: Entity;
  /** Undefined for entities of providers. */
  readonly source: EntitySource | undefined;
  readonly references: readonly ReferenceSite[];
  readonly emitted: readonly EmittedRelation[];
  /** Whether long texts are shortened; the file has them in full. */
  readonly isShortened?: boolean;
  /** State of the entity on a server; only in a Backstage's catalog. */
  readonly served?: ServedState;
}

/** Data that a server adds to an entity. */
export interface ServedState {
  /** Location refs; undefined if the entity has them in its annotations. */
  readonly location: string | undefined;
  readonly origin: string | undefined;
  /** The server's id of the entity, if the server is remote. */
  readonly uid?: string;
  /** Whether the entity is an orphan. */
  readonly isOrphan: boolean;
  readonly parent: EntityParent;
  /** Undefined for local files. */
  readonly pages?: ServedPages;
  /** Errors of a newer version that couldn't replace this one. */
  readonly status?: JsonObject;
}

/** Pages of a remote file. The entity's own annotations take precedence. */
export interface ServedPages {
  readonly viewUrl: string;
  /** Undefined for a commit, or on an unknown host. */
  readonly editUrl: string | undefined;
  /** Location ref of the folder; undefined on an unknown host. */
  readonly sourceLocation: string | undefined;
}

/** Parent of an entity on a server. */
export type EntityParent =
  | { readonly type: 'location'; readonly ref: string }
  | { readonly type: 'configuration' }
  /** A provider, which has only a name. */
  | { readonly type: 'provider'; readonly name: string }
  | { readonly type: 'nothing' };

/** Content of one file, independent of other entities. */
export interface FileRecord {
  readonly uri: string;
  /** Number of documents, including empty ones; 0 for a file without descriptors. */
  readonly documents: number;
  /** Whether documents were skipped that would be processed if the file should contain descriptors. */
  readonly hasSkippedDocuments: boolean;
  readonly entities: readonly EntityRecord[];
  readonly failed: readonly FailedEntity[];
  /** Problems of the file alone, before severity settings and comments are applied. */
  readonly problems: readonly Problem[];
  readonly disabledLines: DisabledLines;
  readonly locationTargets: readonly LocationTarget[];
  readonly misplaced: readonly MisplacedReference[];
  readonly annotationRefs: readonly AnnotationReference[];
  /** URIs of folders that its Templates create projects from, or that contain expected output of tests. */
  readonly skeletonFolders: readonly string[];
  /** URIs of files that placeholders read, whether or not they exist. */
  readonly dependencies: readonly string[];
  /** Checked files and folders that the file refers to. */
  readonly sightings: readonly Sighting[];
}

/** Processed entities of a provider. */
export interface ProviderSource {
  readonly records: readonly EntityRecord[];
  readonly problems: readonly Problem[];
}

/** Creates the record of a file without descriptors. */
export function emptyFileRecord(uri: string, problems: readonly Problem[] = []): FileRecord {
  return {
    uri,
    documents: 0,
    hasSkippedDocuments: true,
    entities: [],
    failed: [],
    problems,
    disabledLines: new Map(),
    locationTargets: [],
    misplaced: [],
    annotationRefs: [],
    skeletonFolders: [],
    dependencies: [],
    sightings: [],
  };
}
