import { createTranslationRef } from '@backstage/core-plugin-api/alpha';

/**
 * The words of the shared widgets.
 *
 * @public
 */
export const fettleReactTranslationRef = createTranslationRef({
  id: 'fettle-react',
  messages: {
    status: {
      pass: 'pass',
      warn: 'warn',
      fail: 'fail',
      unknown: 'unknown',
      'not-applicable': 'n/a',
    },
    level: { good: 'good', fair: 'fair', poor: 'poor', unknown: 'unknown' },
    state: {
      pending: 'pending',
      ready: 'ready',
      empty: 'empty',
      failing: 'failing',
      stale: 'stale',
    },
    score: {
      label: 'Score {{score}} of 100, {{level}}',
      unknown: 'Score unknown',
      upTo: 'up to {{upTo}}',
      upToWhy:
        'Some verdicts are unknown. If they all turned out a pass, the score would be {{upTo}}.',
      was: 'was {{from}}',
      wasUnknown: 'was unknown',
    },
    trend: {
      week: '{{points}} this week',
      up: 'up {{points}} in seven days, from {{from}}',
      down: 'down {{points}} in seven days, from {{from}}',
      none: 'unchanged in seven days',
      noneShort: 'unchanged this week',
    },
    breakdown: {
      label: 'Where the 100 points are',
      pass: '{{points}} earned',
      warn: '{{points}} lost to warnings',
      fail: '{{points}} lost to failures',
      unknown: '{{points}} unknown',
    },
    live: {
      live: 'live',
      connecting: 'connecting',
      'catching-up': 'catching up',
      offline: 'offline since {{time}}',
      checked: 'Last heard of at {{time}}',
      since: '{{mode}} since {{time}}',
      retry: 'Retry',
    },
    age: {
      now: 'just now',
      seconds: '{{n}} s ago',
      minutes: '{{n}} min ago',
      hours: '{{n}} h ago',
      days: '{{n}} d ago',
      never: 'never',
    },
    freshness: {
      scanned: 'scanned',
      never: 'not scanned yet',
      tried: 'last try',
      commit: 'Commit {{commit}}: {{subject}}',
      noBranch: 'no default branch',
    },
    evidence: {
      more_one: 'and {{count}} more place',
      more_other: 'and {{count}} more places',
      host: 'Open {{place}} on the host',
    },
    filter: { more: '+{{n}}', none: 'Nothing to choose from' },
    config: { copy: 'Copy', copied: 'Copied' },
    chart: {
      label: 'Score over {{days}} days',
      hint: 'Use the arrow keys to read single days.',
      day: '{{date}}: {{score}}',
      unknown: 'unknown',
      table: 'Show as table',
      chart: 'Show as chart',
      date: 'Day',
      score: 'Score',
      first: 'The first reading. The line grows from here.',
      none: 'No reading yet. The line starts with the first one.',
      sparkline: '{{days}} days: from {{from}} to {{to}}',
      sparklineUnknown: '90 days: unknown',
    },
    panel: {
      source: 'Source',
      since: 'Since',
      lastKnown: 'Last known',
      todo: 'What to do',
      retry: 'Try again',
      permission: 'Permission needed',
      forbidden: 'You may not see this',
      forbiddenWhat:
        'Your account lacks a permission that this page needs. Ask the people who run the portal for it.',
      failed: 'This could not be loaded',
      failedWhat:
        'Try again; if it goes on, ask the people who run the portal.',
      gone: 'There is nothing here any more',
      goneWhat:
        'It was removed, or it is hidden from your account. The Fleet page lists what you may see.',
    },
  },
});
