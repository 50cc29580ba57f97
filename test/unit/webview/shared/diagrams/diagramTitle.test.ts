import { describe, expect, it } from 'vitest';
import { diagramTitle } from '../../../../../webview/shared/diagrams/diagramTitle';

describe('diagramTitle', () => {
  it.for([
    ['flowchart LR\n  accTitle: From order to shipping\n  A --> B', 'From order to shipping'],
    ['@startuml\ntitle Orders\nA -> B\n@enduml', 'Orders'],
    ['@startuml\n\nAlice -> Bob\n@enduml', 'Alice -> Bob'],
    ['\n\n  digraph { a -> b }\n', 'digraph { a -> b }'],
    ['graph TD\n  titleless --> b\n  title\n', 'graph TD'],
    ['', ''],
  ] as const)('returns the title of %j: %j', ([source, title]) => {
    expect(diagramTitle(source)).toBe(title);
  });

  it.for([
    ['digraph {}', '\n'.repeat(90_000)],
    ['title', ' '.repeat(90_000)],
  ])('returns fast for %j and much whitespace', ([start, empty]) => {
    const began = performance.now();
    expect(diagramTitle(`${start}${empty}`)).toBe(start);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
