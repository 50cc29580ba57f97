import { type ComponentType, type ReadManifest, text } from './manifestFacts';
import { readXml } from './xml';

const serverMarks: readonly (readonly [RegExp, string])[] = [
  [/spring-?boot/i, 'spring-boot'],
  [/io\.quarkus/, 'quarkus'],
  [/io\.micronaut/, 'micronaut'],
  [/io\.ktor/, 'ktor'],
  [/io\.dropwizard/, 'dropwizard'],
];

/** `pom.xml`. */
export const readMaven: ReadManifest = content => {
  const { texts } = readXml(content);
  const field = (name: string): string | undefined => {
    const value = texts.get(`project/${name}`);
    // A property of Maven's is nothing that people could read.
    return value?.includes('${') ? undefined : text(value);
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
