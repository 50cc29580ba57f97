import type {
  CatalogSourceInfo,
  CatalogSourceType,
  JsonObject,
  JsonValue,
  Translate,
} from '../../../api';

/** A field of a source, requested in an input box. */
export interface SourceQuestion {
  readonly field: string;
  readonly prompt: string;
  readonly placeholder: string;
  /** Whether an empty answer is invalid. */
  readonly isRequired: boolean;
  /** Whether the answer is a comma-separated list. */
  readonly isList: boolean;
}

/** Returns the questions for adding a source of a type, in order. */
export function questionsOf(
  type: CatalogSourceType,
  translate: Translate,
): readonly SourceQuestion[] {
  const required = { isRequired: true, isList: false };
  const optional = { isRequired: false, isList: false };
  const list = { isRequired: false, isList: true };
  const name: SourceQuestion = {
    field: 'name',
    prompt: translate('The name of the source. Leave it empty to use its address'),
    placeholder: '',
    ...optional,
  };
  const questions: Readonly<Record<CatalogSourceType, readonly SourceQuestion[]>> = {
    git: [
      {
        field: 'url',
        prompt: translate('The clone URL of the repository'),
        placeholder: 'https://github.com/acme/catalog.git',
        ...required,
      },
      {
        field: 'branch',
        prompt: translate('The branch or tag. Leave it empty for the default branch'),
        placeholder: 'main',
        ...optional,
      },
      {
        field: 'paths',
        prompt: translate(
          'Files, folders or glob patterns, separated by commas. Leave it empty for all descriptors',
        ),
        placeholder: 'catalog-info.yaml, teams/**/*.yaml',
        ...list,
      },
      name,
    ],
    url: [
      {
        field: 'url',
        prompt: translate('The URL of a descriptor, as you would register it in Backstage'),
        placeholder: 'https://github.com/acme/catalog/blob/main/all.yaml',
        ...required,
      },
      name,
    ],
    github: organizationQuestions({
      org: translate('The organization or user on GitHub'),
      host: translate('The host of GitHub. Leave it empty for github.com'),
      example: 'github.acme.com',
    }),
    gitlab: organizationQuestions({
      org: translate('The full path of the group on GitLab'),
      host: translate('The host of GitLab. Leave it empty for gitlab.com'),
      example: 'gitlab.acme.com',
    }),
    backstage: [
      {
        field: 'url',
        prompt: translate('The URL of the Backstage backend, without /api'),
        placeholder: 'https://backstage.acme.com',
        ...required,
      },
      {
        field: 'filter',
        prompt: translate(
          'Filters for entities, as in the catalog API. Leave it empty for all entities',
        ),
        placeholder: 'kind=component,spec.type=service',
        ...optional,
      },
      name,
    ],
  };
  return questions[type];

  function organizationQuestions(texts: {
    readonly org: string;
    readonly host: string;
    readonly example: string;
  }): readonly SourceQuestion[] {
    return [
      { field: 'org', prompt: texts.org, placeholder: 'acme', ...required },
      { field: 'host', prompt: texts.host, placeholder: texts.example, ...optional },
      {
        field: 'filter',
        prompt: translate(
          'A regular expression for repository names. Leave it empty for all repositories',
        ),
        placeholder: '^service-',
        ...optional,
      },
      name,
    ];
  }
}

export interface SettingOptions {
  /** Kinds that it may bring; undefined: as its type has it. */
  readonly allow?: readonly string[] | undefined;
  readonly color?: string | undefined;
  readonly translate: Translate;
}

/** Creates the setting of a source from answers by field. */
export function settingOf(
  type: CatalogSourceType,
  answers: Readonly<Record<string, string>>,
  { allow, color, translate }: SettingOptions,
): JsonObject {
  const fields = questionsOf(type, translate).flatMap(
    ({ field, isList }): readonly (readonly [string, JsonValue])[] => {
      const text = (answers[field] ?? '').trim();
      if (text === '') return [];
      const parts = text
        .split(',')
        .map(part => part.trim())
        .filter(part => part !== '');
      return [[field, isList ? parts : text]];
    },
  );
  return {
    type,
    ...Object.fromEntries(fields),
    ...(allow === undefined ? {} : { allow: [...allow] }),
    ...(color === undefined ? {} : { color }),
  };
}

/** Chart colors of VS Code, the most distinguishable first. */
const colors = ['blue', 'purple', 'green', 'orange', 'yellow', 'red'] as const;

/** Returns a color that no source has; undefined if all are taken. */
export function freeColor(sources: readonly CatalogSourceInfo[]): string | undefined {
  const taken = new Set(sources.map(source => source.color));
  return colors.find(color => !taken.has(`charts.${color}`));
}
