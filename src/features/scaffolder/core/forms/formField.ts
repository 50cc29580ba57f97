import type { JsonObject, JsonValue } from '../../../../model';
import type { ValuePath } from '../../../../model/forms';

/*
 * A form as it is to be shown, resolved for what is filled in. All of it is plain data, which crosses the lines
 * between processes: what a form looks like is worked out elsewhere than where it is shown.
 */

/** What somebody has filled in so far. */
export interface FormState {
  /** By the names of fields; `***` of the same length stands for secrets, as in Backstage. */
  readonly values: JsonObject;
  /** Pointers (`pointerOf`) of fields that were emptied by hand: their defaults do not come back. */
  readonly cleared: readonly string[];
  /** By the keys of such controls, which of their variants was chosen by hand. */
  readonly variants: Readonly<Record<string, number>>;
}

/** A form for what is filled in. */
export interface ResolvedForm {
  /** All pages, those that are not shown included, so that an index always is the same page. */
  readonly pages: readonly FormPage[];
  /** What was filled in, with defaults: what to go on with. */
  readonly state: FormState;
  /** The same without secrets: what may be kept. */
  readonly draft: FormState;
  /** What a run gets: without what only pages ask for that are not shown. */
  readonly submitted: JsonObject;
}

/** A page of a form. */
export interface FormPage {
  readonly title: string;
  /** Markdown. */
  readonly description: string | undefined;
  /** By its `when`. */
  readonly isVisible: boolean;
  readonly fields: readonly FormField[];
  /** Also those of values that no field of the page is for. None of pages that are not shown. */
  readonly errors: readonly FormError[];
}

export interface FormError {
  /** Of the field, be it that it is missing. */
  readonly path: ValuePath;
  /** In the words of the schema's author (`errorMessage`), or of the validator that Backstage uses. */
  readonly message: string;
  /** What of the schema is not satisfied: `required`, `pattern` … */
  readonly keyword: string;
  /** Whether the message is of the schema's author. */
  readonly isAuthored: boolean;
}

/** A field, and what is in it. */
export interface FormField {
  readonly path: ValuePath;
  readonly title: string;
  /** Whether its control says by itself what it is. */
  readonly isTitleHidden: boolean;
  /** Markdown. */
  readonly description: string | undefined;
  readonly help: string | undefined;
  readonly placeholder: string | undefined;
  readonly isRequired: boolean;
  /** Shown, and not to be changed. */
  readonly isReadonly: boolean;
  /** Whether the form begins here. */
  readonly isFocused: boolean;
  readonly value: JsonValue | undefined;
  /** What it becomes when it is emptied; undefined: it is taken away. */
  readonly emptyValue: JsonValue | undefined;
  readonly control: FormControl;
  /** The kind of field that a Backstage would have here (`ui:field`), where it is not known. */
  readonly unknownField: string | undefined;
  /** Whether it is one that the user has named, and may rename and take away. */
  readonly isAdditional: boolean;
  readonly review: FieldReview;
}

/** How a field is told of before something is made of it. */
export interface FieldReview {
  /** In place of its title. */
  readonly name: string | undefined;
  readonly isShown: boolean;
  /** In place of its value. */
  readonly mask: string | undefined;
  /** Whether the fields of an object are told of one by one. */
  readonly isExploded: boolean;
}

/** What a field is filled in with. */
export type FormControl =
  | TextControl
  | NumberControl
  | {
      readonly type: 'flag';
      readonly style: 'checkbox' | 'radio' | 'select';
      /** What yes and no are called, where that is something else. */
      readonly labels: { readonly yes: string | undefined; readonly no: string | undefined };
    }
  /** One of some values. */
  | {
      readonly type: 'choice';
      readonly style: 'select' | 'radio';
      readonly options: readonly FormOption[];
    }
  /** Any of some values: a list. */
  | {
      readonly type: 'choices';
      readonly style: 'select' | 'checkboxes';
      readonly options: readonly FormOption[];
    }
  /** The full ref of an entity, as `EntityPicker` gives it. */
  | { readonly type: 'entity'; readonly picker: EntityPickerOptions }
  /** A list of such refs. */
  | {
      readonly type: 'entities';
      readonly picker: EntityPickerOptions;
      readonly maxItems: number | undefined;
    }
  /** A list of tags, those of other entities among them. */
  | { readonly type: 'tags'; readonly picker: TagsPickerOptions }
  /** A repository: `github.com?owner=acme&repo=shop`. */
  | {
      readonly type: 'repoUrl';
      readonly parts: readonly RepoUrlPart[];
      /** The name of a secret that the user's access to its host is wanted for. */
      readonly secretsKey?: string | undefined;
    }
  /** Its value stands for it in the form; itself it is passed apart, by the field's name. */
  | { readonly type: 'secret'; readonly name: string }
  | ObjectControl
  | ListControl
  | VariantsControl
  /** What is not asked for, but passed on. */
  | { readonly type: 'hidden' }
  /** What there is no other control for: a value as JSON or YAML. */
  | { readonly type: 'json' };

/** A text. */
export interface TextControl {
  readonly type: 'text';
  /** `name` is one of an entity. */
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
  /** What one may want to type. */
  readonly examples: readonly string[];
  /** The host that an owner is one of. */
  readonly host?: string | undefined;
  /** As with repositories. */
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
  /** Whether fields of other names can be added; those begin with this value. */
  readonly newField: { readonly value: JsonValue } | undefined;
}

/** Fields of one kind, or of one after another. */
export interface ListControl {
  readonly type: 'list';
  readonly items: readonly ListItem[];
  /** What an item begins with; undefined where there may be no more of them. */
  readonly newItem: { readonly value: JsonValue } | undefined;
  readonly isOrderable: boolean;
}

export interface ListItem {
  readonly field: FormField;
  readonly isRemovable: boolean;
}

/** Fields that are others for each of some variants (`oneOf`, `anyOf`). */
export interface VariantsControl {
  readonly type: 'variants';
  /** By which the choice is kept in `FormState.variants`. */
  readonly key: string;
  /** Of each; empty where it has none. */
  readonly titles: readonly string[];
  readonly selected: number;
  /** Of its selected variant; its path is that of this field. Undefined where a variant asks for nothing. */
  readonly field: FormField | undefined;
}

/** Which entities a field is for. */
export interface EntityPickerOptions {
  /** `mine`: groups that the user is in; `owned`: what the user or their groups own. */
  readonly scope: 'all' | 'mine' | 'owned';
  /** As it is written; any of the list, all of what one says. Undefined: all entities. */
  readonly catalogFilter?: readonly JsonObject[] | undefined;
  /** What a ref without a kind is of. */
  readonly defaultKind?: string | undefined;
  readonly defaultNamespace?: string | undefined;
  /** Whether it may be a ref of an entity that there is not, or no ref at all. */
  readonly allowArbitraryValues: boolean;
}

export interface TagsPickerOptions {
  /** Of which kinds of entities tags are proposed; undefined: of all. */
  readonly kinds?: readonly string[] | undefined;
  readonly showCounts: boolean;
}

/** A part of a repository's address. */
export interface RepoUrlPart {
  readonly name: RepoUrlPartName;
  readonly title: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly value: string;
  /** The only values that it may have; undefined: any. */
  readonly options: readonly string[] | undefined;
  /** What its host can be asked for, for whoever is let in there. */
  readonly lookup?: 'owners' | 'repositories' | undefined;
}

/** What a forge is asked for by its name. */
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

/** A form with nothing filled in. */
export const emptyForm: FormState = { values: {}, cleared: [], variants: {} };
