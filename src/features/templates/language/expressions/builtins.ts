import type { backstageFilterNames, languageFilterNames, templateGlobalNames } from '../../core';

/** A filter, test or global of every template. */
export interface TemplateBuiltin {
  readonly name: string;
  /** Signature with optional parts in brackets: `value | default(other[, boolean])`. */
  readonly signature: string;
  readonly description: string;
  /** An expression with its result as JSON, unless the result varies. */
  readonly example?: readonly [expression: string, result: string];
  /** Origin: Backstage's scaffolder or the language. */
  readonly source: 'backstage' | 'nunjucks';
}

type Row = readonly [signature: string, description: string, example?: string, result?: string];

/**
 * Filters of every Backstage. A backend may add others. Source: `createDefaultFilters` of
 * `plugins/scaffolder-backend` 4.3.0 and the standard library of nunjitsu 0.7.0.
 */
export const templateFilters: ReadonlyMap<string, TemplateBuiltin> = new Map([
  ...table<(typeof backstageFilterNames)[number]>('backstage', {
    parseRepoUrl: [
      'url | parseRepoUrl',
      'Splits the value of a `RepoUrlPicker` into `host`, `owner`, `repo`, `organization`, `workspace` and `project`. Missing parts are omitted.',
      "'github.com?repo=api&owner=shop' | parseRepoUrl",
      '{"owner":"shop","repo":"api","host":"github.com"}',
    ],
    parseEntityRef: [
      'ref | parseEntityRef[({ defaultKind, defaultNamespace })]',
      'Splits an entity ref into `kind`, `namespace` and `name`. A ref without a kind fails unless `defaultKind` is given.',
      "'group:team-a' | parseEntityRef",
      '{"kind":"group","namespace":"default","name":"team-a"}',
    ],
    pick: [
      'object | pick(name)',
      'A property of an object.',
      "'group:team-a' | parseEntityRef | pick('name')",
      '"team-a"',
    ],
    projectSlug: [
      'url | projectSlug',
      'The `owner/repo` of the value of a `RepoUrlPicker`.',
      "'github.com?repo=api&owner=shop' | projectSlug",
      '"shop/api"',
    ],
  }),
  ...table<(typeof languageFilterNames)[number]>('nunjucks', {
    abs: ['number | abs', 'The absolute value of a number.', '-3 | abs', '3'],
    batch: [
      'list | batch(size[, fill])',
      'Splits a list into lists of `size` items. Pads the last one with `fill` if that is given.',
      '[1, 2, 3] | batch(2)',
      '[[1,2],[3]]',
    ],
    capitalize: [
      'text | capitalize',
      'Capitalizes the first letter and lowercases the others.',
      "'hELLO' | capitalize",
      '"Hello"',
    ],
    center: ['text | center[(width)]', 'Centers text in `width` characters. Default: 80.'],
    d: ['value | d(other[, boolean])', 'The same as `default`.', "missing | d('x')", '"x"'],
    default: [
      'value | default(other[, boolean])',
      'A default for an undefined value. With `true`, also for an empty text, `false`, `0` and null.',
      "missing | default('x')",
      '"x"',
    ],
    dictsort: [
      'object | dictsort[(caseSensitive[, by])]',
      "The entries of an object as pairs, sorted by name or by `'value'`.",
      '{ b: 1, a: 2 } | dictsort',
      '[["a",2],["b",1]]',
    ],
    dump: [
      'value | dump[(indent)]',
      'The value as JSON, on several lines if `indent` is given.',
      '[1, true] | dump',
      '"[1,true]"',
    ],
    e: ['value | e', 'The same as `escape`.'],
    escape: [
      'value | escape',
      "Escapes HTML: `<` becomes `&lt;`. Backstage doesn't escape automatically.",
    ],
    first: ['list | first', 'The first item or character.', "['a', 'b'] | first", '"a"'],
    float: [
      'value | float[(other)]',
      'The number at the start of a text, or `other` if there is none.',
      "'1.5' | float",
      '1.5',
    ],
    forceescape: ['value | forceescape', 'Escapes HTML, even if it is marked as `safe`.'],
    groupby: [
      'list | groupby(property)',
      'Groups items by the value of a property.',
      "[{ n: 'a' }, { n: 'b' }] | groupby('n')",
      '{"a":[{"n":"a"}],"b":[{"n":"b"}]}',
    ],
    indent: [
      'text | indent[(width[, first])]',
      'Indents all lines except the first by `width` spaces (default: 4). With `true`, also the first.',
    ],
    int: [
      'value | int[(other[, base])]',
      'The integer at the start of a text, or `other` if there is none.',
      "'42 days' | int",
      '42',
    ],
    join: [
      'list | join[(separator[, property])]',
      'Joins the items, or a property of each, to one text.',
      "['a', 'b'] | join(', ')",
      '"a, b"',
    ],
    last: ['list | last', 'The last item or character.', "['a', 'b'] | last", '"b"'],
    length: [
      'value | length',
      'The number of characters, items or properties.',
      "'abc' | length",
      '3',
    ],
    list: [
      'value | list',
      'The characters of a text, or the entries of an object with `key` and `value`.',
      "'ab' | list",
      '["a","b"]',
    ],
    lower: ['text | lower', 'Converts text to lowercase.', "'Team-A' | lower", '"team-a"'],
    nl2br: ['text | nl2br', 'Inserts `<br />` at the end of each line.'],
    random: ['list | random', 'A random item.'],
    reject: [
      'list | reject[(test[, argument])]',
      'The items that are falsy. With `test`, the items that fail it.',
      "[1, 2] | reject('odd')",
      '[2]',
    ],
    rejectattr: [
      'list | rejectattr(property)',
      'The items whose property is falsy.',
      "[{ a: 1 }, { a: 0 }] | rejectattr('a')",
      '[{"a":0}]',
    ],
    replace: [
      'text | replace(what, with[, count])',
      'Replaces all occurrences of a text, or the first `count`.',
      "'my service' | replace(' ', '-')",
      '"my-service"',
    ],
    reverse: ['value | reverse', 'Reverses a text or list.', "'abc' | reverse", '"cba"'],
    round: [
      'number | round[(digits[, method])]',
      "Rounds to a number of decimal places. The method can be `'ceil'` or `'floor'`.",
      '2.55 | round(1)',
      '2.6',
    ],
    safe: ['text | safe', 'Marks text that `escape` must not change.'],
    select: [
      'list | select[(test[, argument])]',
      'The items that are truthy. With `test`, the items that pass it.',
      "[1, 2] | select('odd')",
      '[1]',
    ],
    selectattr: [
      'list | selectattr(property)',
      'The items whose property is truthy.',
      "[{ a: 1 }, { a: 0 }] | selectattr('a')",
      '[{"a":1}]',
    ],
    slice: [
      'list | slice(count[, fill])',
      'Splits a list into `count` lists of similar length.',
      '[1, 2, 3] | slice(2)',
      '[[1,2],[3]]',
    ],
    sort: [
      'list | sort[(reverse[, caseSensitive[, property]])]',
      'Sorts the items, or sorts them by a property.',
      '[2, 1] | sort',
      '[1,2]',
    ],
    string: ['value | string', 'Converts a value to text.', '5 | string', '"5"'],
    striptags: ['text | striptags[(keepLines)]', 'Removes HTML tags and repeated whitespace.'],
    sum: [
      'list | sum[(property[, start])]',
      'The sum of the items or of a property of each.',
      '[1, 2] | sum',
      '3',
    ],
    title: ['text | title', 'Capitalizes each word.', "'my service' | title", '"My Service"'],
    trim: ['text | trim', 'Removes whitespace at the start and end.', "' a ' | trim", '"a"'],
    truncate: [
      'text | truncate[(length[, inWords[, end]])]',
      'Truncates text to `length` characters (default: 255), and adds `...` or `end`.',
      "'one two three' | truncate(8)",
      '"one two..."',
    ],
    upper: ['text | upper', 'Converts text to uppercase.', "'abc' | upper", '"ABC"'],
    urlencode: [
      'value | urlencode',
      'Encodes a value for a URL.',
      "'a b&c' | urlencode",
      '"a%20b%26c"',
    ],
    urlize: ['text | urlize[(length[, nofollow])]', 'Converts URLs to HTML links.'],
    wordcount: ['text | wordcount', 'The number of words.', "'one two' | wordcount", '2'],
  }),
]);

/** Tests for `is`. */
export const templateTests: ReadonlyMap<string, TemplateBuiltin> = new Map([
  ...table('nunjucks', {
    callable: ['value is callable', 'Whether it can be called.'],
    defined: ['value is defined', 'Whether the value is defined.', 'missing is defined', 'false'],
    divisibleby: [
      'number is divisibleby(other)',
      'Whether it is divisible by another number.',
      '4 is divisibleby(2)',
      'true',
    ],
    escaped: ['value is escaped', 'Whether it is marked as `safe`.'],
    eq: ['value is eq(other)', 'The same as `===`.', '1 is eq(1)', 'true'],
    equalto: ['value is equalto(other)', 'The same as `===`.', '1 is equalto(1)', 'true'],
    even: ['number is even', 'Whether it is divisible by 2.', '2 is even', 'true'],
    falsy: [
      'value is falsy',
      'Whether it is an empty text, `false`, 0, null or undefined.',
      "'' is falsy",
      'true',
    ],
    ge: ['value is ge(other)', 'The same as `>=`.', '2 is ge(2)', 'true'],
    greaterthan: ['value is greaterthan(other)', 'The same as `>`.', '3 is greaterthan(2)', 'true'],
    gt: ['value is gt(other)', 'The same as `>`.', '3 is gt(2)', 'true'],
    iterable: ['value is iterable', 'Whether it is a list or text.', "'a' is iterable", 'true'],
    le: ['value is le(other)', 'The same as `<=`.', '2 is le(2)', 'true'],
    lessthan: ['value is lessthan(other)', 'The same as `<`.', '1 is lessthan(2)', 'true'],
    lower: ['text is lower', 'Whether it is lowercase.', "'abc' is lower", 'true'],
    lt: ['value is lt(other)', 'The same as `<`.', '1 is lt(2)', 'true'],
    mapping: ['value is mapping', 'Whether it is an object.', '{ a: 1 } is mapping', 'true'],
    ne: ['value is ne(other)', 'The same as `!==`.', '1 is ne(2)', 'true'],
    null: ['value is null', 'Whether it is `none`.', 'none is null', 'true'],
    number: [
      'value is number',
      'Whether it is a number, and not numeric text.',
      '1 is number',
      'true',
    ],
    odd: ['number is odd', 'The opposite of `even`.', '1 is odd', 'true'],
    sameas: [
      'value is sameas(other)',
      'Whether both are the same value.',
      '1 is sameas(1)',
      'true',
    ],
    string: ['value is string', 'Whether it is text.', "'a' is string", 'true'],
    truthy: ['value is truthy', 'The opposite of `falsy`.', '1 is truthy', 'true'],
    undefined: ['value is undefined', 'The opposite of `defined`.', 'x is undefined', 'true'],
    upper: ['text is upper', 'Whether it is uppercase.', "'ABC' is upper", 'true'],
  }),
]);

/** Globals of every template. A backend may add others. */
export const templateGlobals: ReadonlyMap<string, TemplateBuiltin> = new Map([
  ...table<(typeof templateGlobalNames)[number]>('nunjucks', {
    range: [
      'range([start, ]stop[, step])',
      'The numbers from `start` (default: 0) up to `stop`, exclusive.',
      'range(3) | dump',
      '"[0,1,2]"',
    ],
    cycler: ['cycler(a, b, …)', 'Cycles through the values. Each `next()` returns the next one.'],
    joiner: [
      'joiner([separator])',
      'Returns nothing for the first call, then `,` or the separator.',
    ],
  }),
]);

function table<Name extends string>(
  source: TemplateBuiltin['source'],
  rows: Readonly<Record<Name, Row>>,
): readonly (readonly [string, TemplateBuiltin])[] {
  return Object.entries<Row>(rows).map(([name, [signature, description, expression, result]]) => {
    const example =
      expression !== undefined && result !== undefined
        ? { example: [expression, result] as const }
        : {};
    return [name, { name, signature, description, source, ...example }];
  });
}
