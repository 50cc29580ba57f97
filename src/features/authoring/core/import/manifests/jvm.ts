import { ownValue } from '../../../../../base';
import { type ComponentType, type ReadManifest, text } from './manifestFacts';

const serverMarks: readonly (readonly [RegExp, string])[] = [
  [/spring-?boot/i, 'spring-boot'],
  [/io\.quarkus/, 'quarkus'],
  [/io\.micronaut/, 'micronaut'],
  [/io\.ktor/, 'ktor'],
  [/io\.dropwizard/, 'dropwizard'],
];

/** `pom.xml`. Its own fields are those that stand outside of all lists of other artifacts. */
export const readMaven: ReadManifest = content => {
  const own = withoutElements(content, [
    'parent',
    'dependencyManagement',
    'dependencies',
    'build',
    'profiles',
    'modules',
    'developers',
    'licenses',
    'organization',
    'scm',
    'reporting',
    'distributionManagement',
    'repositories',
    'pluginRepositories',
  ]);
  const field = (name: string): string | undefined => {
    const value = new RegExp(`<${name}>([^<]{0,2000})</${name}>`).exec(own)?.[1];
    // A property of Maven's is nothing that people could read.
    return value?.includes('${') ? undefined : text(unescapeXml(value ?? ''));
  };
  return {
    name: field('artifactId'),
    description: field('description'),
    version: field('version'),
    homepage: field('url'),
    ...languageFacts(content, /kotlin-maven-plugin/),
  };
};

/** `build.gradle` and `build.gradle.kts`: code, which is searched and never run. */
export const readGradle: ReadManifest = content => {
  const facts = languageFacts(content, /kotlin\(["']|org\.jetbrains\.kotlin/);
  const isLibrary = /["'`]?java-library["'`]?|com\.android\.library/.test(content);
  const isApplication = /\bid[ \t]*\(?["']application["']|^[ \t]*application$/m.test(content);
  return {
    description: text(
      /^[ \t]*description[ \t]*=[ \t]*["']([^"'\n]{1,500})["']/m.exec(content)?.[1],
    ),
    version: text(/^[ \t]*version[ \t]*=[ \t]*["']([^"'\n]{1,100})["']/m.exec(content)?.[1]),
    tags: facts.tags,
    type: facts.type ?? (isLibrary ? 'library' : isApplication ? 'service' : undefined),
  };
};

function languageFacts(
  content: string,
  kotlin: RegExp,
): { tags: readonly string[]; type: ComponentType | undefined } {
  const frameworks = serverMarks.flatMap(([mark, tag]) => (mark.test(content) ? [tag] : []));
  return {
    tags: [kotlin.test(content) ? 'kotlin' : 'java', ...frameworks],
    type: frameworks.length ? 'service' : undefined,
  };
}

/** The XML without comments and without some elements, in one walk. */
function withoutElements(xml: string, names: readonly string[]): string {
  const open = new RegExp(`<(${names.join('|')})>|<!--`, 'g');
  const kept: string[] = [];
  let from = 0;
  for (let match = open.exec(xml); match; match = open.exec(xml)) {
    const close = match[1] === undefined ? '-->' : `</${match[1]}>`;
    const end = xml.indexOf(close, match.index);
    kept.push(xml.slice(from, match.index));
    from = end < 0 ? xml.length : end + close.length;
    open.lastIndex = from;
  }
  kept.push(xml.slice(from));
  return kept.join('');
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

export function unescapeXml(value: string): string {
  return value.replace(
    /&(?:lt|gt|quot|apos|amp);/g,
    entity => ownValue(entities, entity) ?? entity,
  );
}
