import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { automationMessages } from './automationMessages';

/**
 * The words of the shared widgets.
 *
 * @public
 */
export const fettleReactTranslationRef = createTranslationRef({
  id: 'fettle-react',
  messages: {
    automation: automationMessages,
    table: { showAll: 'Show all {{n}}', showFirst: 'Show the first {{n}}' },
    severity: {
      critical: 'critical',
      high: 'high',
      medium: 'medium',
      low: 'low',
      unknown: 'severity unknown',
    },
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
    run: {
      queued: 'queued',
      waiting: 'waiting',
      running: 'running',
      succeeded: 'passed',
      failed: 'failed',
      cancelled: 'cancelled',
      skipped: 'skipped',
      unknown: 'unknown',
      unknownAs: 'unknown ({{word}})',
      hostSays: 'The host says: {{word}}',
      of: 'of ~{{usual}}',
      usually: '~{{usual}}',
      usualWhy:
        'Usually {{usual}}: the median of the last 20 runs of this pipeline that passed.',
      noUsual: 'No usual duration yet: it needs three runs that passed.',
      sparkline:
        'Last {{runs}} runs by duration: {{succeeded}} passed, {{failed}} failed',
    },
    metric: {
      unknown: 'not enough data',
      sample_one: 'Computed from {{count}} value.',
      sample_other: 'Computed from {{count}} values.',
      rate: {
        day: '{{n}} / day',
        week: '{{n}} / week',
        month: '{{n}} / month',
      },
      name: {
        successRate: 'Success',
        durationP50: 'p50',
        durationP95: 'p95',
        queueP50: 'Queue p50',
        queueP95: 'Queue p95',
        flakiness: 'Flaky',
        timeToGreen: 'Time to green',
        deploymentFrequency: 'Deployments',
        leadTime: 'Lead time',
        changeFailureRate: 'Change failures',
        timeToRestore: 'Time to restore',
      },
      definition: {
        successRate:
          'Runs that passed, of those that passed or failed. Cancelled and skipped runs do not count.',
        durationP50:
          'Half of the runs that passed took at most this long, from start to finish.',
        durationP95:
          '95 of 100 runs that passed took at most this long, from start to finish.',
        queueP50:
          'Half of the runs waited at most this long, from being queued to being started.',
        queueP95:
          '95 of 100 runs waited at most this long, from being queued to being started.',
        flakiness:
          'Share of commits on which the same pipeline both failed and passed.',
        timeToGreen:
          'Median time from the first failure on the default branch to the next run that passed.',
        deploymentFrequency:
          'Deployments to production (DORA deployment frequency).',
        leadTime:
          'Median time from the deployed commit to its deployment in production (DORA lead time for changes).',
        changeFailureRate:
          'Share of deployments to production that failed or were rolled back (DORA change failure rate).',
        timeToRestore:
          'Median time from a deployment that failed or was rolled back to the next good one (DORA failed deployment recovery time).',
      },
      source: {
        successRate: 'From the states that the CI reported.',
        durationP50: 'From the times that the CI reported; nearest rank.',
        durationP95: 'From the times that the CI reported; nearest rank.',
        queueP50: 'From the times that the CI reported; nearest rank.',
        queueP95: 'From the times that the CI reported; nearest rank.',
        flakiness: 'From commits and states that the CI reported.',
        timeToGreen: 'From runs on the default branch.',
        deploymentFrequency:
          'From deployments that hosts reported. Definition: dora.dev.',
        leadTime:
          'From commit times and deployments that hosts reported. Definition: dora.dev.',
        changeFailureRate:
          'From deployments that hosts reported. Definition: dora.dev.',
        timeToRestore:
          'From deployments that hosts reported. Definition: dora.dev.',
      },
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
