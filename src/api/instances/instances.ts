import type { Range } from '../../base';
import type { Entity, JsonObject } from '../../model';
import type { CatalogSourceInfo } from '../sources';
import type { InstanceDocs } from './instanceDocs';
import type { InstanceOptions } from './instanceOptions';
import type { InstanceSearch } from './instanceSearch';
import type { InstanceTemplates } from './instanceTemplates';

/**
 * The running Backstages that are sources of the catalog, and what they can be asked besides their entities.
 *
 * What they answer is checked and in bounds. Methods of an instance throw an Error whose message says what went wrong, and
 * whose `advice`, where it has one, says what to do; and an AbortError.
 */
export interface BackstageInstances {
  /** In the order of the sources. */
  getInstances(): Promise<readonly BackstageInstance[]>;
  /**
   * The one that is a source.
   *
   * @param sourceId - as `CatalogSourceInfo.id`
   */
  getInstance(sourceId: string): Promise<BackstageInstance | undefined>;
}

/** A running Backstage. */
export interface BackstageInstance {
  /** As it is now. */
  readonly source: CatalogSourceInfo;
  /**
   * The address of a page of its app, for browsers, as far as it is on the host of its backend; undefined for what is
   * none of its pages.
   *
   * @param location - `/catalog/default/component/shop`, or a whole address of its host
   */
  urlOf(location: string): string | undefined;
  readonly catalog: InstanceCatalog;
  readonly docs: InstanceDocs;
  readonly search: InstanceSearch;
  readonly templates: InstanceTemplates;
}

/** A location that somebody has registered. */
export interface RegisteredLocation {
  readonly id: string;
  /** `url`, mostly. */
  readonly type: string;
  readonly target: string;
}

/** What stands at an address, and what could be made for it. */
export interface LocationAnalysis {
  /** Full refs of what descriptors there have. */
  readonly existing: readonly { readonly ref: string; readonly isRegistered: boolean }[];
  /** Entities that a descriptor could be made of; parts of them may be missing. */
  readonly proposed: readonly JsonObject[];
}

/** What registering an address comes to. */
export interface LocationRegistration {
  /** Undefined where nothing was registered. */
  readonly location: RegisteredLocation | undefined;
  /** Full refs of what it brings at once; what its Locations lead to comes later. */
  readonly entityRefs: readonly string[];
  /** Whether it was registered already; undefined where the server does not say. */
  readonly exists: boolean | undefined;
}

/** What came by a location. */
export interface LocationEntities {
  /** Full refs, sorted: all, or a hundred of them. */
  readonly refs: readonly string[];
  /** How many there are. */
  readonly total: number;
}

/** What a server objects to in a text. */
export interface DescriptorObjection {
  /** A sentence of the server's. */
  readonly message: string;
  /** What it is about, as far as the sentence tells. */
  readonly range: Range;
}

/** What a server says of the descriptors in a text. */
export interface DescriptorVerdict {
  /** How many entities it was asked about. */
  readonly entities: number;
  /** How many documents are no YAML, or no entity that could be asked about. */
  readonly unreadable: number;
  /** In the order of the text. */
  readonly objections: readonly DescriptorObjection[];
}

/**
 * The catalog of a running Backstage. What changes something there does so at once: whoever calls has asked the user.
 *
 * Source: `plugins/catalog-backend/src/service/createRouter.ts`.
 */
export interface InstanceCatalog {
  /** As the server has it now, relations left out; undefined where there is no such entity. @param ref - full */
  getEntity(ref: string, options: InstanceOptions): Promise<JsonObject | undefined>;
  /** Those of some entities that the server has now. @param refs - full, in lower case, as the answer has them */
  existing(refs: readonly string[], options: InstanceOptions): Promise<ReadonlySet<string>>;
  /**
   * What the server says of an entity. Changes nothing.
   *
   * @param location - `url:https://…`, where it would stand
   * @returns sentences about what is wrong; none where it is right
   */
  validate(entity: Entity, location: string, options: InstanceOptions): Promise<readonly string[]>;
  /**
   * What the server says of each entity of a text. Changes nothing.
   *
   * @param location - `url:https://…`, where the text would stand
   */
  validateText(
    text: string,
    location: string,
    options: InstanceOptions,
  ): Promise<DescriptorVerdict>;
  /** What is registered of an address already, and what could be made for it. Changes nothing. */
  analyze(url: string, options: InstanceOptions): Promise<LocationAnalysis>;
  /** Registers a location; a trial says what that would come to. One that is there already `exists`, and stays. */
  register(
    url: string,
    options: InstanceOptions & { readonly isTrial: boolean },
  ): Promise<LocationRegistration>;
  /** The registered location that brought an entity; undefined where none did. @param ref - full */
  locationOf(ref: string, options: InstanceOptions): Promise<RegisteredLocation | undefined>;
  /**
   * What came by a location, and goes with it, as the server has it now.
   *
   * @returns undefined where the server cannot be asked for that, as with a target that holds a comma or is very long
   */
  broughtBy(
    location: RegisteredLocation,
    options: InstanceOptions,
  ): Promise<LocationEntities | undefined>;
  /** Takes a location away, with all entities that nothing else has. */
  unregister(location: RegisteredLocation, options: InstanceOptions): Promise<void>;
  /**
   * Deletes one entity. Where something still leads to it, the server has it again soon: this is for orphans.
   *
   * @param uid - its `metadata.uid`; one that is gone is no error
   */
  deleteEntity(uid: string, options: InstanceOptions): Promise<void>;
  /** Has the server read an entity again, soon. @param ref - full */
  refresh(ref: string, options: InstanceOptions): Promise<void>;
}
