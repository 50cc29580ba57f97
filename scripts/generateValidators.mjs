/*
 * Writes src/model/generated/: Backstage's JSON schemas from its npm packages, their validators, which ajv compiles to
 * code that needs neither ajv's compiler nor eval, and the table of annotations as modules. Does nothing if this script
 * created the output from the same versions and table.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  kindSchemas,
  packageVersion,
  readSchemas,
  sharedSchemas,
} from './lib/backstageSchemas.mjs';
import { annotationTable, writeAnnotationTables } from './lib/annotationTables.mjs';
import { defaultModelModule } from './lib/defaultModelLayers.mjs';
import { writeGenerated } from './lib/writeGenerated.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'src', 'model', 'generated');
const require = createRequire(import.meta.url);

/** @typedef {import('./lib/backstageSchemas.mjs').Schema} Schema */

/** Keywords that only document, and keywords whose values map names to schemas. */
const annotations = new Set([
  '$schema',
  'description',
  'examples',
  'title',
  'default',
  'deprecated',
]);
const maps = new Set(['properties', 'patternProperties', 'definitions', 'dependencies']);

/**
 * Forms of nearly all errors in ajv's code: `made` matches the code, `written` returns a shorter equivalent. They save
 * another quarter of the code.
 *
 * @type {readonly { made: RegExp, written: (...values: any[]) => unknown }[]}
 */
const objections = [
  {
    made: /withError\((vErrors, .*, "[^"]*)\/type", "type", \{type: ("\w+")\}, "must be \w+"\)/g,
    written: withWrongType,
  },
  {
    made: /withError\((vErrors, .*, "[^"]*)\/minLength", "minLength", \{limit: (1)\}, "must NOT have fewer than 1 characters"\)/g,
    written: withShortText,
  },
  {
    made: /withError\((vErrors, .*, "[^"]*)\/enum", "enum", \{allowedValues: (\[.*\])\}, "must be equal to one of the allowed values"\)/g,
    written: withForeignValue,
  },
  {
    made: /withError\((vErrors, .*, "[^"]*)\/required", "required", \{missingProperty: ("\w+")\}, "must have required property '"\+\2\+"'"\)/g,
    written: withMissing,
  },
];

/** The start of a check of an optional field. */
const IF_GIVEN = String.raw`if\((?<object>\w+)\.(?<field>\w+) !== undefined\)\{\n`;
/** Assigns the field's value to a variable. */
const LET = String.raw`let (?<value>\w+) = \k<object>\.\k<field>;\n`;
/** Path and schema path of the field. */
const PLACE = String.raw`(?<path>instancePath[^,\n]*)/\k<field>", "(?<parent>[^"\n]*)/properties/\k<field>"`;
/** For a value that isn't a text, or is an empty text. */
const UNLESS_TEXT = (/** @type {string} */ name) =>
  String.raw`if\(typeof ${name} !== "string" \|\| ${name}\.length < 1\)\{\n`;

/**
 * Checks of most fields: `made` matches the code, `written` returns a call.
 *
 * @type {readonly { made: RegExp, written: (...values: any[]) => unknown }[]}
 */
const fieldChecks = [
  {
    made: pattern(
      IF_GIVEN + LET + UNLESS_TEXT(String.raw`\k<value>`),
      String.raw`vErrors = withoutText\(vErrors, ${PLACE}, \k<value>\);\n\}\n\}\n`,
    ),
    written: function checkText(errors, value, field, instancePath, parent) {
      return value === undefined || (typeof value === 'string' && value.length > 0)
        ? errors
        : withoutText(errors, instancePath + '/' + field, parent + '/properties/' + field, value);
    },
  },
  {
    made: pattern(
      IF_GIVEN + String.raw`if\(typeof \k<object>\.\k<field> !== "string"\)\{\n`,
      String.raw`vErrors = withWrongType\(vErrors, ${PLACE}, "string"\);\n\}\n\}\n`,
    ),
    written: function checkString(errors, value, field, instancePath, parent) {
      return value === undefined || typeof value === 'string'
        ? errors
        : withWrongType(
            errors,
            instancePath + '/' + field,
            parent + '/properties/' + field,
            'string',
          );
    },
  },
  {
    made: pattern(
      IF_GIVEN + LET + String.raw`if\(Array\.isArray\(\k<value>\)\)\{\n`,
      String.raw`const (?<length>\w+) = \k<value>\.length;\n`,
      String.raw`for\(let (?<index>\w+)=0; \k<index><\k<length>; \k<index>\+\+\)\{\n`,
      String.raw`let (?<item>\w+) = \k<value>\[\k<index>\];\n` + UNLESS_TEXT(String.raw`\k<item>`),
      String.raw`vErrors = withoutText\([^\n]*\);\n\}\n\}\n\}\nelse \{\n`,
      String.raw`vErrors = withWrongType\(vErrors, ${PLACE}, "array"\);\n\}\n\}\n`,
    ),
    written: function checkTexts(errors, value, field, instancePath, parent) {
      if (value === undefined) return errors;
      const path = instancePath + '/' + field;
      const schemaPath = parent + '/properties/' + field;
      if (!Array.isArray(value)) return withWrongType(errors, path, schemaPath, 'array');
      for (let index = 0; index < value.length; index++) {
        const item = value[index];
        if (typeof item === 'string' && item.length > 0) continue;
        errors = withoutText(errors, path + '/' + index, schemaPath + '/items', item);
      }
      return errors;
    },
  },
  {
    made: pattern(
      IF_GIVEN +
        String.raw`(?:let \w+ = \k<object>\.\k<field>;\n)?if\(!\([^\n]* === [^\n]*\)\)\{\n`,
      String.raw`vErrors = withForeignValue\(vErrors, ${PLACE}, (?<values>\[[^\n]*\])\);\n\}\n\}\n`,
    ),
    written: function checkValue(errors, value, field, instancePath, parent, values) {
      return value === undefined || values.includes(value)
        ? errors
        : withForeignValue(
            errors,
            instancePath + '/' + field,
            parent + '/properties/' + field,
            values,
          );
    },
  },
];

const sources = ['@backstage/catalog-model', '@backstage/plugin-scaffolder-common', 'ajv'];

const inputs = {
  scripts: [
    import.meta.url,
    new URL('lib/annotationTables.mjs', import.meta.url),
    new URL('lib/backstageSchemas.mjs', import.meta.url),
    new URL('lib/defaultModelLayers.mjs', import.meta.url),
    new URL('lib/packJson.mjs', import.meta.url),
    pathToFileURL(annotationTable),
  ],
  data: sources.map(name => [name, packageVersion(name)]),
};

await writeGenerated(output, inputs, draft => {
  mkdirSync(join(draft, 'schemas'));
  const schemas = readSchemas({ ...sharedSchemas, ...kindSchemas });
  for (const [name, schema] of Object.entries(schemas)) {
    writeFileSync(
      join(draft, 'schemas', `${name}.json`),
      `${JSON.stringify(schema, undefined, 2)}\n`,
    );
  }
  const validated = ['Entity', 'EntityEnvelope', ...Object.keys(kindSchemas)];
  writeFileSync(join(draft, 'validators.js'), compile(schemas, validated));
  writeFileSync(join(draft, 'validators.d.ts'), declare(validated));
  writeFileSync(join(draft, 'fields.ts'), fieldsOf(schemas));
  writeFileSync(join(draft, 'defaultLayers.ts'), defaultModelModule(banner()));
  writeAnnotationTables(draft);
});

/**
 * Returns the names of the fields at the first level of `metadata`, and of `spec` by kind.
 *
 * @param {Record<string, Schema>} schemas
 */
function fieldsOf(schemas) {
  /** @type {Record<string, Set<string>>} */
  const kinds = {};
  for (const name of Object.keys(kindSchemas)) {
    const { properties } = ownPart(/** @type {Schema} */ (schemas[name]));
    const kind = properties.kind.enum[0];
    kinds[kind] ??= new Set();
    for (const field of Object.keys(properties.spec.properties)) kinds[kind].add(field);
  }
  const specs = Object.entries(kinds).map(([kind, fields]) => [kind, [...fields]]);
  const metadata = Object.keys(/** @type {Schema} */ (schemas.EntityMeta).properties);
  return `${banner()}
export const metadataFields: readonly string[] = ${JSON.stringify(metadata)};
export const specFields: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(Object.fromEntries(specs))};
`;
}

/**
 * Returns the validators as an ES module, one export per name.
 *
 * @param {Record<string, Schema>} schemas
 * @param {string[]} names
 */
function compile(schemas, names) {
  const { Ajv } = require('ajv');
  const standaloneCode = require('ajv/dist/standalone').default;
  // The options of packages/catalog-model/src/validation/ajv.ts.
  const ajv = new Ajv({
    allowUnionTypes: true,
    allErrors: true,
    validateSchema: true,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addSchema([schemas.Common, schemas.EntityMeta].map(withoutAnnotations));
  for (const name of names) {
    ajv.addSchema(withoutAnnotations(ownPart(/** @type {Schema} */ (schemas[name]))), name);
  }
  const code = standaloneCode(ajv, Object.fromEntries(names.map(name => [name, name])));
  return `${banner()}\n// @ts-nocheck: validators.d.ts has the types.\n${sharedErrors(withoutSchemas(inlineHelpers(code)))}`;
}

/**
 * Returns the part of a kind's schema that goes beyond `Entity`. Policies check entities against `Entity` before, so
 * that half of every schema would be code that can't fail.
 *
 * @param {Schema} schema
 * @returns {Schema}
 */
function ownPart(schema) {
  if (!schema.allOf) return schema;
  const [first, own, ...others] = schema.allOf;
  if (first.$ref !== 'Entity' || !own || others.length) {
    throw new Error(`${schema.$id} is no longer Entity and one part of its own`);
  }
  return { $id: schema.$id, ...own };
}

/**
 * Removes documentation from a schema, so that the code doesn't contain it.
 *
 * @param {any} schema a schema or any part of one
 * @returns {any}
 */
function withoutAnnotations(schema) {
  if (Array.isArray(schema)) return schema.map(withoutAnnotations);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !annotations.has(keyword))
      .map(([keyword, value]) => [
        keyword,
        maps.has(keyword)
          ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withoutAnnotations(v)]))
          : keyword === 'enum' || keyword === 'const'
            ? value
            : withoutAnnotations(value),
      ]),
  );
}

/**
 * Replaces ajv's `require` calls of helpers, which browsers don't support, with their code. Whether a text is empty
 * needs no helper: it has no code points exactly if it has no code units, and definitions of 200 kB don't have to be
 * scanned.
 *
 * @param {string} code
 */
function inlineHelpers(code) {
  const inlined = code
    .replace(
      /const (\w+) = require\("(ajv\/dist\/runtime\/ucs2length)"\)\.default;/g,
      (_, name, path) => `const ${name} = ${String(require(path).default)};`,
    )
    .replace(/\bfunc\d+\((data\d*)\) < 1\b/g, '$1.length < 1');
  if (/\brequire\(/.test(inlined)) {
    throw new Error('ajv uses a helper that this script does not know');
  }
  return inlined;
}

/**
 * Replaces references to whole schemas, which ajv keeps for the few lists that its errors contain, with these lists.
 *
 * @param {string} code
 */
function withoutSchemas(code) {
  /** @type {Map<string, Schema>} */
  const schemas = new Map();
  return code
    .replace(/^const (schema\d+) = (\{.*\});\n/gm, (_, name, json) => {
      schemas.set(name, JSON.parse(json));
      return '';
    })
    .replace(/\b(schema\d+)((?:\.\w+|\[\d+\])*)/g, (_, name, path) => {
      const keys = /** @type {string} */ (path).match(/\w+/g) ?? [];
      return JSON.stringify(keys.reduce((part, key) => part?.[key], schemas.get(name)));
    });
}

/**
 * Replaces ajv's code that appends each of 450 errors to the list with calls of one function. Saves a quarter of the
 * code.
 *
 * @param {string} code
 */
function sharedErrors(code) {
  const shared = code.replace(
    /const (err\d+) = \{instancePath(?::([^\n]*?))?,schemaPath:("[^\n]*?"),keyword:("\w+"),params:(\{[^\n]*\}),message:([^\n]*)\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\n/g,
    (_, _name, path = 'instancePath', schemaPath, keyword, params, message) =>
      `vErrors = withError(vErrors, ${path}, ${schemaPath}, ${keyword}, ${params}, ${message});\n`,
  );
  if (/\bschemaPath:/.test(shared)) {
    throw new Error('ajv writes errors in a way that this script does not know');
  }
  const written = [...objections, ...fieldChecks].map(row => row.written);
  const helpers = [withError, withoutText, checkRequired, countOf, isObject, ...written];
  const checks = sharedChecks(withoutCounter(commonErrors(shared)));
  return `${checks}\n${helpers.map(String).join('\n')}\n`;
}

/**
 * Removes the error counter, which always equals the length of the list, and parameters of unused keywords.
 *
 * @param {string} code
 */
function withoutCounter(code) {
  const shorter = code
    .replaceAll(', parentData, parentDataProperty, rootData=data}={}', '}={}')
    .replace(/(\{instancePath:[^\n]*?),parentData:[^\n]*?,rootData\}/g, '$1}')
    .replace(/^(?:let errors = 0;|errors\+\+;|errors = \w+(?:\.length)?;)\n/gm, '')
    .replace(/\breturn errors === 0;/g, 'return vErrors === null;')
    .replace(/\b(_errs\d+ =(?:==)?) errors;/g, `$1 ${countOf.name}(vErrors);`);
  if (/\brootData\b|(?<!\.)\berrors\b/.test(shorter)) {
    throw new Error('ajv counts errors in a way that this script does not know');
  }
  return shorter;
}

/**
 * Replaces the checks of most fields with calls. Saves a third of the code.
 *
 * @param {string} code
 */
function sharedChecks(code) {
  const required =
    /if\((\w+)\.(\w+) === undefined\)\{\nvErrors = withMissing\(vErrors, ([^,\n]*), ("[^"\n]*"), "\2"\);\n\}\n(?:if\(\1\.\w+ === undefined\)\{\nvErrors = withMissing\(vErrors, \3, \4, "\w+"\);\n\}\n)*/g;
  const withCalls = fieldChecks.reduce(
    (text, { made, written }) =>
      text.replace(made, (...match) => {
        const { object, field, path, parent, values } = match.at(-1);
        const place = path.endsWith('+"') ? path.slice(0, -2) : `${path}"`;
        const last = values === undefined ? '' : `, ${values}`;
        return `vErrors = ${written.name}(vErrors, ${object}.${field}, "${field}", ${place}, "${parent}"${last});\n`;
      }),
    code,
  );
  return withCalls
    .replace(required, (match, object, _field, path, parent) => {
      const names = [...match.matchAll(/"(\w+)"\);\n/g)].map(([, name]) => name);
      return `vErrors = ${checkRequired.name}(vErrors, ${object}, ${path}, ${parent}, ${JSON.stringify(names)});\n`;
    })
    .replace(/(\w+) && typeof \1 == "object" && !Array\.isArray\(\1\)/g, `${isObject.name}($1)`);
}

/** @param {string[]} lines of the code, as regular expressions */
function pattern(...lines) {
  return new RegExp(lines.join(''), 'g');
}

/**
 * Part of the generated code, like the following functions.
 *
 * @param {object[] | null} errors
 * @param {Record<string, unknown>} object
 * @param {string} instancePath
 * @param {string} parent
 * @param {string[]} fields
 */
function checkRequired(errors, object, instancePath, parent, fields) {
  for (const field of fields) {
    if (object[field] === undefined) errors = withMissing(errors, instancePath, parent, field);
  }
  return errors;
}

/** @param {object[] | null} errors */
function countOf(errors) {
  return errors === null ? 0 : errors.length;
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Part of the generated code.
 *
 * @param {object[] | null} errors
 * @param {string} instancePath
 * @param {string} schemaPath
 * @param {string} keyword
 * @param {object} params
 * @param {string} message
 */
function withError(errors, instancePath, schemaPath, keyword, params, message) {
  const error = { instancePath, schemaPath, keyword, params, message };
  if (errors === null) return [error];
  errors.push(error);
  return errors;
}

/** @param {string} code */
function commonErrors(code) {
  return objections
    .reduce((text, { made, written }) => text.replace(made, `${written.name}($1", $2)`), code)
    .replace(
      /if\(typeof (\w+) === "string"\)\{\nif\(\1\.length < 1\)\{\nvErrors = withShortText\((.*), 1\);\nerrors\+\+;\n\}\n\}\nelse \{\nvErrors = withWrongType\(\2, "string"\);\nerrors\+\+;\n\}\n/g,
      `if(typeof $1 !== "string" || $1.length < 1){\nvErrors = ${withoutText.name}($2, $1);\nerrors++;\n}\n`,
    );
}

/**
 * Part of the generated code, like the following functions.
 *
 * @param {object[] | null} errors
 * @param {string} instancePath
 * @param {string} parent
 * @param {string} type
 */
function withWrongType(errors, instancePath, parent, type) {
  return withError(errors, instancePath, parent + '/type', 'type', { type }, 'must be ' + type);
}

/**
 * @param {object[] | null} errors
 * @param {string} instancePath
 * @param {string} parent
 * @param {number} limit
 */
function withShortText(errors, instancePath, parent, limit) {
  const message = 'must NOT have fewer than 1 characters';
  return withError(errors, instancePath, parent + '/minLength', 'minLength', { limit }, message);
}

/**
 * @param {object[] | null} errors
 * @param {string} instancePath
 * @param {string} parent
 * @param {unknown[]} allowedValues
 */
function withForeignValue(errors, instancePath, parent, allowedValues) {
  const message = 'must be equal to one of the allowed values';
  return withError(errors, instancePath, parent + '/enum', 'enum', { allowedValues }, message);
}

/**
 * @param {object[] | null} errors
 * @param {string} instancePath
 * @param {string} parent
 * @param {string} missingProperty
 */
function withMissing(errors, instancePath, parent, missingProperty) {
  const message = "must have required property '" + missingProperty + "'";
  const params = { missingProperty };
  return withError(errors, instancePath, parent + '/required', 'required', params, message);
}

/**
 * Reports a value that isn't a text, or is an empty text, in fields that require one.
 *
 * @param {object[] | null} errors
 * @param {string} instancePath
 * @param {string} parent
 * @param {unknown} value
 */
function withoutText(errors, instancePath, parent, value) {
  return typeof value === 'string'
    ? withShortText(errors, instancePath, parent, 1)
    : withWrongType(errors, instancePath, parent, 'string');
}

/** @param {string[]} names */
function declare(names) {
  return `${banner()}
/** An error of ajv. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Says whether the schema accepts the value; if not, \`errors\` says why until the next call. */
export interface SchemaValidator {
  (this: void, value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

${names.map(name => `export const ${name}: SchemaValidator;`).join('\n')}
`;
}

function banner() {
  const versions = sources.map(name => `${name} ${packageVersion(name)}`).join(', ');
  return `// Generated by scripts/generateValidators.mjs from ${versions}; see NOTICE.`;
}
