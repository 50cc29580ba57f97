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
import type { LocationTarget } from './targets';

/** A ref to a kind that its field is not meant for, whether or not it gives a relation. */
export interface MisplacedReference {
  /** As in a site: `spec.dependsOn[1]`. */
  readonly field: string;
  /** Full and lower-cased. */
  readonly targetRef: string;
  readonly expectedKinds: readonly string[];
  /** The kind that the field takes for granted. */
  readonly defaultKind: string | undefined;
  readonly range: Range;
  readonly document: number;
  /** Of the entity that it stands in. */
  readonly entityRef: string;
}

/** A ref in an annotation, which gives no relation. */
export interface AnnotationReference {
  /** Of the annotation. */
  readonly key: string;
  /** Full and lower-cased. */
  readonly targetRef: string;
  readonly range: Range;
  readonly document: number;
  /** Of the entity that it stands in. */
  readonly entityRef: string;
}

/** A ref of which the graph knows nothing. */
export type UnrelatedReference = MisplacedReference | AnnotationReference;

/** Whether there is something at a place, which is all that a file depends on there. */
export interface Sighting {
  readonly uri: string;
  readonly isThere: boolean;
}

/** A relation that a plugin's processor emitted, with its source. */
export interface EmittedRelation extends EntityRelation {
  readonly sourceRef: string;
}

/** An entity as one document or provider brought it: valid, but maybe not the one that wins. */
export interface EntityRecord {
  /** `kind:namespace/name`, lower-cased. */
  readonly ref: string;
  /** Without the annotations that tell where it comes from, and without relations. */
  readonly entity: Entity;
  /** Undefined for entities of providers. */
  readonly source: EntitySource | undefined;
  readonly references: readonly ReferenceSite[];
  readonly emitted: readonly EmittedRelation[];
  /** Whether long texts of the entity are shortened; the whole is in the file. */
  readonly isShortened?: boolean;
  /** What a server's own state says of the entity; only in a catalog as a Backstage holds it. */
  readonly served?: ServedState;
}

/** What a server adds to an entity from what it knows beyond its file. */
export interface ServedState {
  /** Location refs; undefined where the entity itself says all that there is to say. */
  readonly location: string | undefined;
  readonly origin: string | undefined;
  /** The server's own id of it, where the server is another machine. */
  readonly uid?: string;
  /** Whether nothing leads to the entity any more. */
  readonly isOrphan: boolean;
  readonly broughtBy: Bringer;
  /** Undefined for what was read from this machine. */
  readonly pages?: ServedPages;
  /** The errors of the newer version that could not take its place. */
  readonly status?: JsonObject;
}

/** The pages of what was read from another machine. An entity's own annotations win. */
export interface ServedPages {
  readonly viewUrl: string;
  /** Undefined where a commit was read, or no forge is known there. */
  readonly editUrl: string | undefined;
  /** Location ref of the folder; undefined where no forge is known there. */
  readonly sourceLocation: string | undefined;
}

/** What a server has an entity from. */
export type Bringer =
  | { readonly type: 'location'; readonly ref: string }
  | { readonly type: 'configuration' }
  /** It does not say what of, only who it is itself. */
  | { readonly type: 'provider'; readonly name: string }
  | { readonly type: 'nothing' };

/** What one file gives, independent of all other entities. */
export interface FileRecord {
  readonly uri: string;
  /** Documents of the file, empty ones counted; 0 where it holds no descriptor. */
  readonly documents: number;
  /** Whether documents were passed over that would be judged if the file were meant to hold some. */
  readonly passedOver: boolean;
  readonly entities: readonly EntityRecord[];
  readonly failed: readonly FailedEntity[];
  /** Those that the file alone gives, before severity settings and comments are applied. */
  readonly problems: readonly Problem[];
  readonly disabledLines: DisabledLines;
  readonly locationTargets: readonly LocationTarget[];
  readonly misplaced: readonly MisplacedReference[];
  readonly annotationRefs: readonly AnnotationReference[];
  /** URIs of folders that its Templates make new projects from, or that hold what is to come of one. */
  readonly skeletonFolders: readonly string[];
  /** URIs of the files that placeholders read, or would read if they existed. */
  readonly dependencies: readonly string[];
  /** What was there, and what was not, where the file says that something should be. */
  readonly sightings: readonly Sighting[];
}

/** What a provider's entities come to. */
export interface ProviderSource {
  readonly records: readonly EntityRecord[];
  readonly problems: readonly Problem[];
}

/** A file without any descriptor. */
export function emptyFileRecord(uri: string, problems: readonly Problem[] = []): FileRecord {
  return {
    uri,
    documents: 0,
    passedOver: true,
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
