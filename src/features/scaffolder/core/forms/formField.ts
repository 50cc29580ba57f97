import type { JsonObject, JsonValue } from '../../../../model';
import type { ValuePath } from '../../../../model/forms';

/*
 * A form resolved for its current values. All of it is plain data, which can be sent between processes: it is
 * resolved in another process than it is shown in.
 */

/** The user's input so far. */
export interface FormState {
  /** Values by field name. Secrets have `***` of the same length, as in Backstage. */
  readonly values: JsonObject;
  /** Pointers (`pointerOf`) of fields that the user emptied. Their defaults are not filled in again. */
  readonly cleared: readonly string[];
  /** Indexes of variants that the user selected, by `VariantsControl.key`. */
  readonly variants: Readonly<Record<string, number>>;
}

/** A form resolved for its current values. */
export interface ResolvedForm {
  /** Visible and hidden pages, so that indexes are stable. */
  readonly pages: readonly FormPage[];
  /** The input with defaults. Pass it to the next `resolveForm`. */
  readonly state: FormState;
  /** `state` without secrets, which may be stored. */
  readonly draft: FormState;
  /** Values for a run, without those that only hidden pages ask for. */
  readonly submitted: JsonObject;
}

export interface FormPage {
  readonly title: string;
  /** Markdown. */
  readonly description: string | undefined;
  /** Result of its `when`. */
  readonly isVisible: boolean;
  readonly fields: readonly FormField[];
  /** Errors of the page's values, including values without a field. Empty for hidden pages. */
  readonly errors: readonly FormError[];
}

export interface FormError {
  /** Path of the field, which may be missing. */
  readonly path: ValuePath;
  /** Written by the schema's author (`errorMessage`) or by the validator that Backstage uses. */
  readonly message: string;
  /** The keyword that is violated: `required`, `pattern` … */
  readonly keyword: string;
  /** The keyword's text or number in the schema: a pattern, a maximum. Undefined for others. */
  readonly argument?: string | number;
  /** Whether the schema's author wrote the message. */
  readonly isAuthored: boolean;
}

/** A field with its value. */
export interface FormField {
  readonly path: ValuePath;
  readonly title: string;
  /** Whether the control shows the title itself. */
  readonly isTitleHidden: boolean;
  /** Markdown. */
  readonly description: string | undefined;
  readonly help: string | undefined;
  readonly placeholder: string | undefined;
  readonly isRequired: boolean;
  /** Whether the field is shown but can't be changed. */
  readonly isReadonly: boolean;
  /** Whether the field has the initial focus. */
  readonly isFocused: boolean;
  readonly value: JsonValue | undefined;
  /** Value of an emptied field. Undefined to remove the field. */
  readonly emptyValue: JsonValue | undefined;
  readonly control: FormControl;
  /** The field extension (`ui:field`) that Backstage would show, if Callboard doesn't support it. */
  readonly unknownField: string | undefined;
  /** Whether the user added the field, and may rename and remove it. */
  readonly isAdditional: boolean;
  readonly review: FieldReview;
}

/** Presentation of a field in the review. */
export interface FieldReview {
  /** Replaces the title. */
  readonly name: string | undefined;
  readonly isShown: boolean;
  /** Replaces the value. */
  readonly mask: string | undefined;
  /** Whether the fields of an object are listed one by one. */
  readonly isExploded: boolean;
}

/** Input control of a field. */
export type FormControl =
  | TextControl
  | NumberControl
  | {
      readonly type: 'flag';
      readonly style: 'checkbox' | 'radio' | 'select';
      /** Labels of the two values, if they are not yes and no. */
      readonly labels: { readonly yes: string | undefined; readonly no: string | undefined };
    }
  /** One of several values. */
  | {
      readonly type: 'choice';
      readonly style: 'select' | 'radio';
      readonly options: readonly FormOption[];
    }
  /** A list with any of several values. */
  | {
      readonly type: 'choices';
      readonly style: 'select' | 'checkboxes';
      readonly options: readonly FormOption[];
    }
  /** Full ref of an entity, as from `EntityPicker`. */
  | { readonly type: 'entity'; readonly picker: EntityPickerOptions }
  /** A list of entity refs. */
  | {
      readonly type: 'entities';
      readonly picker: EntityPickerOptions;
      readonly maxItems: number | undefined;
    }
  /** A list of tags, with suggestions from other entities. */
  | { readonly type: 'tags'; readonly picker: TagsPickerOptions }
  /** A repository: `github.com?owner=acme&repo=shop`. */
  | {
      readonly type: 'repoUrl';
      readonly parts: readonly RepoUrlPart[];
      /** Name of the secret that receives the user's token for the host. */
      readonly secretsKey?: string | undefined;
    }
  /** The field's value is a placeholder. The secret itself is passed separately, by the field's name. */
  | { readonly type: 'secret'; readonly name: string }
  | ObjectControl
  | ListControl
  | VariantsControl
  /** A value that is passed on without being shown. */
  | { readonly type: 'hidden' }
  /** A value as JSON or YAML, if no other control fits. */
  | { readonly type: 'json' };

export interface TextControl {
  readonly type: 'text';
  /** `name` is an entity name. */
  readonly style:
    | 'line'
    | 'area'
    | 'password'
    | 'email'
    | 'url'
    | 'date'
    | 'dateTime'
    | 'time'
    | 'color'
    | 'name'
    | 'repoOwner'
    | 'repoBranch';
  readonly rows: number | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  /** Suggested values. */
  readonly examples: readonly string[];
  /** Host of the owner. */
  readonly host?: string | undefined;
  /** The same as in the `repoUrl` control. */
  readonly secretsKey?: string | undefined;
}

export interface NumberControl {
  readonly type: 'number';
  readonly style: 'line' | 'updown' | 'range';
  readonly isInteger: boolean;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly step: number | undefined;
}

export interface FormOption {
  readonly value: JsonValue;
  readonly label: string;
  readonly description: string | undefined;
  readonly isDisabled: boolean;
}

/** A group of fields. */
export interface ObjectControl {
  readonly type: 'object';
  readonly fields: readonly FormField[];
  /** Initial value of an additional field. Undefined if none can be added. */
  readonly newField: { readonly value: JsonValue } | undefined;
}

/** Fields for the items of a list. */
export interface ListControl {
  readonly type: 'list';
  readonly items: readonly ListItem[];
  /** Initial value of a new item. Undefined if none can be added. */
  readonly newItem: { readonly value: JsonValue } | undefined;
  readonly isOrderable: boolean;
}

export interface ListItem {
  readonly field: FormField;
  readonly isRemovable: boolean;
}

/** Fields that depend on the selected variant (`oneOf`, `anyOf`). */
export interface VariantsControl {
  readonly type: 'variants';
  /** Key of the selection in `FormState.variants`. */
  readonly key: string;
  /** Titles of the variants. Empty for variants without one. */
  readonly titles: readonly string[];
  readonly selected: number;
  /** The selected variant, at the same path as this field. Undefined if it has no fields. */
  readonly field: FormField | undefined;
}

/** Entities that a picker offers. */
export interface EntityPickerOptions {
  /** `mine`: groups that the user is a member of. `owned`: entities that the user or their groups own. */
  readonly scope: 'all' | 'mine' | 'owned';
  /** Filters as written, combined with OR. Undefined for all entities. */
  readonly catalogFilter?: readonly JsonObject[] | undefined;
  /** Kind of refs without a kind. */
  readonly defaultKind?: string | undefined;
  readonly defaultNamespace?: string | undefined;
  /** Whether values may be refs of unknown entities, or no refs at all. */
  readonly allowArbitraryValues: boolean;
}

export interface TagsPickerOptions {
  /** Kinds of entities to take tags from. Undefined for all. */
  readonly kinds?: readonly string[] | undefined;
  readonly showCounts: boolean;
}

/** Part of a repository's address. */
export interface RepoUrlPart {
  readonly name: RepoUrlPartName;
  readonly title: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly value: string;
  /** Allowed values. Undefined for any. */
  readonly options: readonly string[] | undefined;
  /** Suggestions that the host's API can provide for an authenticated user. */
  readonly lookup?: 'owners' | 'repositories' | undefined;
}

/** A request for suggestions from a git host. */
export type ForgeLookup =
  | { readonly what: 'owners'; readonly host: string }
  | { readonly what: 'repositories'; readonly host: string; readonly owner: string }
  | {
      readonly what: 'branches';
      readonly host: string;
      readonly owner: string;
      readonly repo: string;
    };

export type RepoUrlPartName = 'host' | 'owner' | 'repo' | 'organization' | 'workspace' | 'project';

/** A form without input. */
export const emptyForm: FormState = { values: {}, cleared: [], variants: {} };
