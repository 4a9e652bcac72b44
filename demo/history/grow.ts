import type { Person } from '../catalog/people';
import type { Rule, RuleLanguage } from '../content/rules';
import type { History } from './History';

const VERBS = [
  'Handle',
  'Test',
  'Log',
  'Speed up',
  'Measure',
  'Simplify',
  'Document',
  'Limit',
  'Retry',
  'Validate',
] as const;

export interface Growth {
  language: RuleLanguage;
  /** With dashes: `late-refunds`. */
  topics: string[];
  people: Person[];
  commits: number;
  /** The days of the first and the last commit. */
  from: number;
  to: number;
}

/** A year of ordinary work: small commits by several people on several files. */
export function grow(history: History, growth: Growth): void {
  const { random } = history;
  const work = random.shuffle(
    growth.topics.flatMap(topic => VERBS.map(verb => ({ verb, topic }))),
  );
  const rules = new Map<string, Rule[]>();
  const days = Array.from(
    { length: growth.commits },
    () => growth.to + random.next() * (growth.from - growth.to),
  ).sort((a, b) => b - a);
  days[days.length - 1] = growth.to;

  days.forEach((daysAgo, index) => {
    const { verb, topic } = work[index % work.length];
    const subject = `${verb} ${topic.replace(/-/g, ' ')}`;
    const learned = [
      ...(rules.get(topic) ?? []),
      { since: history.day(daysAgo), text: subject },
    ];
    rules.set(topic, learned);
    history.commit({
      daysAgo,
      by: random.pick(growth.people),
      subject,
      files: {
        [growth.language.path(topic)]: growth.language.source(topic, learned),
      },
    });
  });
}
