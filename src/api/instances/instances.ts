import type { Range } from '../../base';
import type { Entity, JsonObject } from '../../model';
import type { CatalogSourceInfo } from '../sources';
import type { InstanceDocs } from './instanceDocs';
import type { InstanceOptions } from './instanceOptions';
import type { InstanceSearch } from './instanceSearch';
import type { InstanceTemplates } from './instanceTemplates';

/**
 * Backstage instances that are sources of the catalog, with their APIs beyond entities.
 *
 * Responses are validated and limited in size. Methods throw an Error whose message says what
 * failed and whose `advice`, if any, says what to do; or an AbortError.
 */
export interface BackstageInstances {
  /** Returns all instances, in the order of the sources. */
  getInstances(): Promise<readonly BackstageInstance[]>;
  /**
   * Returns the instance that is a source.
   *
   * @param sourceId - `CatalogSourceInfo.id`
   */
  getInstance(sourceId: string): Promise<BackstageInstance | undefined>;
}

/** A running Backstage. */
export interface BackstageInstance {
  /** Current state of the source. */
  readonly source: CatalogSourceInfo;
  /**
   * Returns the browser URL of a page of the app, if the app is on its backend's host; undefined if
   * `location` isn't a page of the app.
   *
   * @param location - a path (`/catalog/default/component/shop`) or a URL of the host
   */
  urlOf(location: string): string | undefined;
  readonly catalog: InstanceCatalog;
  readonly docs: InstanceDocs;
  readonly search: InstanceSearch;
  readonly templates: InstanceTemplates;
}

/** A registered location. */
export interface RegisteredLocation {
  readonly id: string;
  /** Usually `url`. */
  readonly type: string;
  /** Address of the descriptor. */
  readonly target: string;
}

/** Entities at an address. */
export interface LocationAnalysis {
  /** Full refs of entities in existing descriptors. */
  readonly existing: readonly { readonly ref: string; readonly isRegistered: boolean }[];
  /** Entities that could be created there; they may be incomplete. */
  readonly proposed: readonly JsonObject[];
}

/** Outcome of registering an address. */
export interface LocationRegistration {
  /** Undefined if nothing was registered. */
  readonly location: RegisteredLocation | undefined;
  /** Full refs of entities in the file itself. Entities of nested Locations are added later. */
  readonly entityRefs: readonly string[];
  /** Whether it was already registered; undefined if the server doesn't say. */
  readonly exists: boolean | undefined;
}

/** Entities that originate from a location. */
export interface LocationEntities {
  /** Full refs, sorted; at most 100. */
  readonly refs: readonly string[];
  /** Number of all entities. */
  readonly total: number;
}

/** A server's error about a descriptor. */
export interface DescriptorObjection {
  /** The server's message. */
  readonly message: string;
  /** Range of the value that the message refers to, or of the entity. */
  readonly range: Range;
}

/** Outcome of validating the descriptors in a text on the server. */
export interface DescriptorValidation {
  /** Number of validated entities. */
  readonly entities: number;
  /** Number of documents that aren't valid YAML or aren't entities. */
  readonly unreadable: number;
  /** Errors in the order of the text. */
  readonly objections: readonly DescriptorObjection[];
}

/**
 * The catalog of a running Backstage. Callers must have the user's consent before they register,
 * unregister, delete or refresh.
 *
 * Source: `plugins/catalog-backend/src/service/createRouter.ts`.
 */
export interface InstanceCatalog {
  /**
   * Returns the server's current entity without relations; undefined if it doesn't exist.
   *
   * @param ref - full
   */
  getEntity(ref: string, options: InstanceOptions): Promise<JsonObject | undefined>;
  /**
   * Returns the refs that exist on the server.
   *
   * @param refs - full, lowercase
   */
  existing(refs: readonly string[], options: InstanceOptions): Promise<ReadonlySet<string>>;
  /**
   * Validates an entity on the server. Changes nothing.
   *
   * @param location - the entity's future place, `url:https://…`
   * @returns error messages; empty if the entity is valid
   */
  validate(entity: Entity, location: string, options: InstanceOptions): Promise<readonly string[]>;
  /**
   * Validates each entity of a text on the server. Changes nothing.
   *
   * @param location - the text's future place, `url:https://…`
   */
  validateText(
    text: string,
    location: string,
    options: InstanceOptions,
  ): Promise<DescriptorValidation>;
  /** Returns the entities that exist at an address and those that could be created. Changes nothing. */
  analyze(url: string, options: InstanceOptions): Promise<LocationAnalysis>;
  /**
   * Registers a location. `isTrial` returns the outcome without registering. A location that is
   * already registered is reported as `exists` and kept.
   */
  register(
    url: string,
    options: InstanceOptions & { readonly isTrial: boolean },
  ): Promise<LocationRegistration>;
  /**
   * Returns the registered location that an entity originates from; undefined if there is none.
   *
   * @param ref - full
   */
  locationOf(ref: string, options: InstanceOptions): Promise<RegisteredLocation | undefined>;
  /**
   * Returns the entities that originate from a location, and would be removed with it.
   *
   * @returns undefined if the server can't be queried for the location, as with a target that
   * contains a comma or is very long
   */
  entitiesOfLocation(
    location: RegisteredLocation,
    options: InstanceOptions,
  ): Promise<LocationEntities | undefined>;
  /** Unregisters a location, which removes all entities that only it provides. */
  unregister(location: RegisteredLocation, options: InstanceOptions): Promise<void>;
  /**
   * Deletes one entity, usually an orphan: an entity that is still referenced by a location comes
   * back.
   *
   * @param uid - `metadata.uid`; a missing entity is not an error
   */
  deleteEntity(uid: string, options: InstanceOptions): Promise<void>;
  /**
   * Schedules a refresh of an entity on the server.
   *
   * @param ref - full
   */
  refresh(ref: string, options: InstanceOptions): Promise<void>;
}
