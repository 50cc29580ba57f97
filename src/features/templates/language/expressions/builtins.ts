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
      'Takes what a `RepoUrlPicker` gives apart into `host`, `owner`, `repo`, `organization`, `workspace` and `project`, as far as they are there.',
      "'github.com?repo=api&owner=shop' | parseRepoUrl",
      '{"owner":"shop","repo":"api","host":"github.com"}',
    ],
    parseEntityRef: [
      'ref | parseEntityRef[({ defaultKind, defaultNamespace })]',
      'Takes an entity ref apart into `kind`, `namespace` and `name`. A ref without a kind fails unless `defaultKind` is given.',
      "'group:team-a' | parseEntityRef",
      '{"kind":"group","namespace":"default","name":"team-a"}',
    ],
    pick: [
      'object | pick(name)',
      'The property of an object.',
      "'group:team-a' | parseEntityRef | pick('name')",
      '"team-a"',
    ],
    projectSlug: [
      'url | projectSlug',
      'The `owner/repo` of what a `RepoUrlPicker` gives.',
      "'github.com?repo=api&owner=shop' | projectSlug",
      '"shop/api"',
    ],
  }),
  ...table<(typeof languageFilterNames)[number]>('nunjucks', {
    abs: ['number | abs', 'The number without its sign.', '-3 | abs', '3'],
    batch: [
      'list | batch(size[, fill])',
      'Lists of so many items each; the last is filled up with `fill` if that is given.',
      '[1, 2, 3] | batch(2)',
      '[[1,2],[3]]',
    ],
    capitalize: [
      'text | capitalize',
      'The first letter as a capital, the others small.',
      "'hELLO' | capitalize",
      '"Hello"',
    ],
    center: ['text | center[(width)]', 'The text in the middle of 80 characters, or of so many.'],
    d: ['value | d(other[, boolean])', 'The same as `default`.', "missing | d('x')", '"x"'],
    default: [
      'value | default(other[, boolean])',
      'Another value where this one is undefined; with `true` also where it is empty, `false`, `0` or null.',
      "missing | default('x')",
      '"x"',
    ],
    dictsort: [
      'object | dictsort[(caseSensitive[, by])]',
      "The entries of an object as pairs, sorted by name, or by `'value'`.",
      '{ b: 1, a: 2 } | dictsort',
      '[["a",2],["b",1]]',
    ],
    dump: [
      'value | dump[(indent)]',
      'The value as JSON, on lines of their own if an indentation is given.',
      '[1, true] | dump',
      '"[1,true]"',
    ],
    e: ['value | e', 'The same as `escape`.'],
    escape: [
      'value | escape',
      'Replaces what has a meaning in HTML: `<` becomes `&lt;`. Backstage does not do so by itself.',
    ],
    first: ['list | first', 'The first item, or character.', "['a', 'b'] | first", '"a"'],
    float: [
      'value | float[(other)]',
      'The number that a text begins with; the other value if there is none.',
      "'1.5' | float",
      '1.5',
    ],
    forceescape: ['value | forceescape', 'As `escape`, also of what is marked as `safe`.'],
    groupby: [
      'list | groupby(property)',
      'An object with a list of the items for each value of a property.',
      "[{ n: 'a' }, { n: 'b' }] | groupby('n')",
      '{"a":[{"n":"a"}],"b":[{"n":"b"}]}',
    ],
    indent: [
      'text | indent[(width[, first])]',
      'Indents all lines but the first by 4 blanks, or by so many; with `true` the first as well.',
    ],
    int: [
      'value | int[(other[, base])]',
      'The whole number that a text begins with; the other value if there is none.',
      "'42 days' | int",
      '42',
    ],
    join: [
      'list | join[(separator[, property])]',
      'The items, or a property of each, in one text.',
      "['a', 'b'] | join(', ')",
      '"a, b"',
    ],
    last: ['list | last', 'The last item, or character.', "['a', 'b'] | last", '"b"'],
    length: [
      'value | length',
      'How many characters, items or properties there are.',
      "'abc' | length",
      '3',
    ],
    list: [
      'value | list',
      'The characters of a text; of an object a list of `key` and `value`.',
      "'ab' | list",
      '["a","b"]',
    ],
    lower: ['text | lower', 'In small letters.', "'Team-A' | lower", '"team-a"'],
    nl2br: ['text | nl2br', 'Puts `<br />` before the ends of lines.'],
    random: ['list | random', 'Any of the items.'],
    reject: [
      'list | reject[(test[, argument])]',
      'The items that are empty, `false` or 0; with the name of a test those that fail it.',
      "[1, 2] | reject('odd')",
      '[2]',
    ],
    rejectattr: [
      'list | rejectattr(property)',
      'The items whose property is empty.',
      "[{ a: 1 }, { a: 0 }] | rejectattr('a')",
      '[{"a":0}]',
    ],
    replace: [
      'text | replace(what, with[, count])',
      'Replaces a text wherever it stands, or so many times.',
      "'my service' | replace(' ', '-')",
      '"my-service"',
    ],
    reverse: ['value | reverse', 'From behind.', "'abc' | reverse", '"cba"'],
    round: [
      'number | round[(digits[, method])]',
      "With so many digits behind the point; the method is `'ceil'` or `'floor'`.",
      '2.55 | round(1)',
      '2.6',
    ],
    safe: ['text | safe', 'Marks a text as one that `escape` leaves alone.'],
    select: [
      'list | select[(test[, argument])]',
      'The items that are not empty, `false` or 0; with the name of a test those that pass it.',
      "[1, 2] | select('odd')",
      '[1]',
    ],
    selectattr: [
      'list | selectattr(property)',
      'The items whose property is not empty.',
      "[{ a: 1 }, { a: 0 }] | selectattr('a')",
      '[{"a":1}]',
    ],
    slice: [
      'list | slice(count[, fill])',
      'So many lists with about the same number of items.',
      '[1, 2, 3] | slice(2)',
      '[[1,2],[3]]',
    ],
    sort: [
      'list | sort[(reverse[, caseSensitive[, property]])]',
      'The items in their order, or by a property.',
      '[2, 1] | sort',
      '[1,2]',
    ],
    string: ['value | string', 'The value as a text.', '5 | string', '"5"'],
    striptags: ['text | striptags[(keepLines)]', 'Without HTML tags, and with single blanks.'],
    sum: [
      'list | sum[(property[, start])]',
      'The sum of the items, or of a property of each.',
      '[1, 2] | sum',
      '3',
    ],
    title: ['text | title', 'Each word with a capital.', "'my service' | title", '"My Service"'],
    trim: ['text | trim', 'Without blanks at its ends.', "' a ' | trim", '"a"'],
    truncate: [
      'text | truncate[(length[, inWords[, end]])]',
      'At most 255 characters, or so many, with `...` or another end where it is cut.',
      "'one two three' | truncate(8)",
      '"one two..."',
    ],
    upper: ['text | upper', 'In capitals.', "'abc' | upper", '"ABC"'],
    urlencode: ['value | urlencode', 'As a part of a URL.', "'a b&c' | urlencode", '"a%20b%26c"'],
    urlize: ['text | urlize[(length[, nofollow])]', 'Makes HTML links of the URLs in it.'],
    wordcount: ['text | wordcount', 'How many words there are.', "'one two' | wordcount", '2'],
  }),
]);

/** Tests for `is`. */
export const templateTests: ReadonlyMap<string, TemplateBuiltin> = new Map([
  ...table('nunjucks', {
    callable: ['value is callable', 'Whether it can be called.'],
    defined: ['value is defined', 'Whether there is such a value.', 'missing is defined', 'false'],
    divisibleby: [
      'number is divisibleby(other)',
      'Whether it can be divided by the other.',
      '4 is divisibleby(2)',
      'true',
    ],
    escaped: ['value is escaped', 'Whether it is marked as `safe`.'],
    eq: ['value is eq(other)', 'The same as `===`.', '1 is eq(1)', 'true'],
    equalto: ['value is equalto(other)', 'The same as `===`.', '1 is equalto(1)', 'true'],
    even: ['number is even', 'Whether it can be divided by 2.', '2 is even', 'true'],
    falsy: ['value is falsy', 'Whether it is empty, `false`, 0 or null.', "'' is falsy", 'true'],
    ge: ['value is ge(other)', 'The same as `>=`.', '2 is ge(2)', 'true'],
    greaterthan: ['value is greaterthan(other)', 'The same as `>`.', '3 is greaterthan(2)', 'true'],
    gt: ['value is gt(other)', 'The same as `>`.', '3 is gt(2)', 'true'],
    iterable: ['value is iterable', 'Whether it is a list or a text.', "'a' is iterable", 'true'],
    le: ['value is le(other)', 'The same as `<=`.', '2 is le(2)', 'true'],
    lessthan: ['value is lessthan(other)', 'The same as `<`.', '1 is lessthan(2)', 'true'],
    lower: ['text is lower', 'Whether it has no capitals.', "'abc' is lower", 'true'],
    lt: ['value is lt(other)', 'The same as `<`.', '1 is lt(2)', 'true'],
    mapping: ['value is mapping', 'Whether it is an object.', '{ a: 1 } is mapping', 'true'],
    ne: ['value is ne(other)', 'The same as `!==`.', '1 is ne(2)', 'true'],
    null: ['value is null', 'Whether it is `none`.', 'none is null', 'true'],
    number: [
      'value is number',
      'Whether it is a number, and not the text of one.',
      '1 is number',
      'true',
    ],
    odd: ['number is odd', 'The opposite of `even`.', '1 is odd', 'true'],
    sameas: ['value is sameas(other)', 'Whether it is the very same.', '1 is sameas(1)', 'true'],
    string: ['value is string', 'Whether it is a text.', "'a' is string", 'true'],
    truthy: ['value is truthy', 'The opposite of `falsy`.', '1 is truthy', 'true'],
    undefined: ['value is undefined', 'The opposite of `defined`.', 'x is undefined', 'true'],
    upper: ['text is upper', 'Whether it has no small letters.', "'ABC' is upper", 'true'],
  }),
]);

/** Globals of every template. A backend may add others. */
export const templateGlobals: ReadonlyMap<string, TemplateBuiltin> = new Map([
  ...table<(typeof templateGlobalNames)[number]>('nunjucks', {
    range: [
      'range([start, ]stop[, step])',
      'The numbers from 0, or the start, up to but without the end.',
      'range(3) | dump',
      '"[0,1,2]"',
    ],
    cycler: [
      'cycler(a, b, …)',
      'Gives with each `next()` the next of the values, again and again.',
    ],
    joiner: [
      'joiner([separator])',
      'Gives nothing when it is first called, then `,` or the separator.',
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
