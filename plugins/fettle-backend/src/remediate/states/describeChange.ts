import type { StoredPlan } from '../../store/remediation/StoredPlan';

/** A branch name holds no more of the id than hosts take. */
const MOST_ID = 60;

/**
 * Names, title and text of a plan's change: the same for the same plan, each
 * time that it is applied told apart.
 */
export function describeChange(
  plan: Pick<
    StoredPlan,
    'hash' | 'playbookId' | 'playbookTitle' | 'title' | 'problems' | 'notes'
  >,
  nth: number,
) {
  const { hash, playbookId, playbookTitle, title, problems, notes } = plan;
  const again = nth > 1 ? `-${nth}` : '';
  const list = (lines: readonly string[]) =>
    lines.map(line => `- ${escape(line)}`).join('\n');
  const parts = [
    `Proposed by Fettle's playbook **${escape(playbookTitle)}**.`,
    problems.length > 0 &&
      `It puts right:\n\n${list(problems.map(one => one.title))}`,
    notes.length > 0 && `Notes:\n\n${list(notes)}`,
    'Close it and Fettle does not propose the same again. What you add to its branch is never overwritten.',
  ];
  return {
    branch: `fettle/${playbookId.slice(0, MOST_ID)}/${hash.slice(
      0,
      12,
    )}${again}`,
    title: oneLine(title).slice(0, 120),
    body: parts.filter(part => part !== false).join('\n\n'),
    marker: `fettle-plan: ${hash}${again}`,
  };
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Outside strings are no Markdown, mention nobody and refer to nothing. */
function escape(text: string): string {
  return oneLine(text)
    .slice(0, 500)
    .replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&')
    .replace(/@/g, '@\u200b');
}
