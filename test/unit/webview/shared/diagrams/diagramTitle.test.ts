import { describe, expect, it } from 'vitest';
import { diagramTitle } from '../../../../../webview/shared/diagrams/diagramTitle';
import { growth, LINEAR } from '../../../../support/growth';

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
    ['digraph {}', '\n'],
    ['title', ' '],
  ] as const)('takes linear time for %j and much whitespace', async ([start, empty]) => {
    const read = (count: number): void =>
      expect(diagramTitle(`${start}${empty.repeat(count)}`)).toBe(start);
    expect(await growth(read, 20_000)).toBeLessThan(LINEAR);
  });
});
