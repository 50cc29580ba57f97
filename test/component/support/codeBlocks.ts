import type { Page } from 'playwright-core';

const long = `const answer = await askForWhatIsNeeded(${'argument, '.repeat(30)}last);`;
const code = ['import { needed } from "elsewhere";', long, ...numbered(3, 11)].join('\n');

function numbered(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `line(${first + index});`);
}

const fence = (attributes: string): string => `\`\`\`ts ${attributes}\n${code}\n\`\`\`\n`;
const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');

const path = 'packages/kubernetes-backend/src/service/of/a/long/path/router.ts';
const everything = fence('title="everything.ts" linenums="1" hl_lines="2 4"');

/** A page of code blocks: titles, line numbers, highlighted lines and long lines, also in other blocks. */
export const codePage = `# Code

${fence('linenums="0"')}
${fence('title="plain.ts" linenums="0"')}
${fence('title="highlighted.ts" linenums="0" hl_lines="1 2"')}
${fence(`title="${path}" linenums="1"`)}
${fence(`title="${path.replaceAll('/', '_').repeat(3)}" linenums="1"`)}
${fence('linenums="998" hl_lines="2"')}
${everything}

!!! note "Noted"

${indented(everything)}

???+ note "Unfolded"

${indented(everything)}

=== "First"

${indented(everything)}

=== "Second"

${indented(everything)}

1. Item

${indented(everything)}
`;

/** The number of visible blocks of `codePage`: the second tab is closed. */
export const VISIBLE_BLOCKS = 11;

/** Measures the visible code blocks of a page and lists everything that is in the wrong place. */
export function measureCodeBlocks(
  page: Page,
): Promise<{ readonly blocks: number; readonly faults: readonly string[] }> {
  return page.evaluate(measure);
}

/** Runs in the page. */
function measure(): { blocks: number; faults: string[] } {
  const faults: string[] = [];
  const blocks = [...document.querySelectorAll('.highlight')].filter(
    block => block.getClientRects().length > 0,
  );
  for (const [index, block] of blocks.entries()) {
    const check = (isRight: boolean, fault: string): void => {
      if (!isRight) faults.push(`${index}: ${fault}`);
    };
    const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 2;
    const pre = block.querySelector('pre:has(> code)');
    const text = pre?.querySelector('code');
    if (!pre || !text) {
      faults.push(`${index}: there is no code`);
      continue;
    }
    const box = block.getBoundingClientRect();
    const around = block.parentElement?.getBoundingClientRect();
    const codeBox = pre.getBoundingClientRect();
    const tops = topsOfLines(text);
    check(!!around && box.right <= around.right + 1, 'the block is wider than what it is in');
    check(isNear(codeBox.right, box.right), 'the code does not end where the block ends');
    check(codeBox.width > box.width * 0.8, 'the code is pushed aside');
    check(tops[0] === Math.min(...tops), 'the first line is not the first');
    const gaps = tops.slice(1).map((top, line) => top - (tops[line] ?? 0));
    check(
      Math.max(...gaps) - Math.min(...gaps) <= 2,
      `lines are not one below the other: ${gaps.join()}`,
    );
    check(pre.scrollWidth > pre.clientWidth, 'the long line is wrapped or cut');
    check(/auto|scroll/.test(getComputedStyle(pre).overflowX), 'the code does not scroll');
    const title = block.querySelector('span.filename');
    if (title) {
      const { bottom, left, right } = title.getBoundingClientRect();
      check(isNear(left, box.left) && isNear(right, box.right), 'the title is not as wide');
      check(bottom <= codeBox.top + 1, 'the title is not above the code');
      check(title.scrollWidth <= title.clientWidth + 1, 'the title is cut');
    }
    const numbers = block.querySelector('td.linenos');
    if (numbers) {
      const column = numbers.getBoundingClientRect();
      check(isNear(column.left, box.left), 'the numbers are not at the edge');
      check(column.right <= codeBox.left + 1, 'the numbers are not beside the code');
      const lines = topsOfLines(numbers);
      check(
        lines.length === tops.length && lines.every((top, line) => isNear(top, tops[line] ?? 0)),
        `the numbers are not beside their lines: ${lines.join()} and ${tops.join()}`,
      );
    }
    for (const [line, number] of text.querySelectorAll('[data-linenos]').entries()) {
      const { top, width } = number.getBoundingClientRect();
      check(width > 0, `the number ${line} is not shown`);
      check(isNear(top, tops[line] ?? 0), `the number ${line} is not beside its line`);
    }
    for (const highlighted of text.querySelectorAll('.hll')) {
      check(
        isNear(highlighted.getBoundingClientRect().height, gaps[0] ?? 0),
        'a highlighted line is higher than another one',
      );
    }
  }
  return { blocks: blocks.length, faults };

  function topsOfLines(element: Element): number[] {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found: number[] = [];
    let isStart = true;
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      for (const [at, character] of [...(node.nodeValue ?? '')].entries()) {
        if (isStart) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          found.push(Math.round(range.getBoundingClientRect().top));
        }
        isStart = character === '\n';
      }
    }
    return found;
  }
}
