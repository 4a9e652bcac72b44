import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { automationMessages } from './automationMessages';
import { campaignMessages } from './campaignMessages';
import { standardMessages } from './standardMessages';

/**
 * The words of the Fleet page, the Automation page, the Health tab and the
 * repository page.
 *
 * @public
 */
export const fettleTranslationRef = createTranslationRef({
  id: 'fettle',
  messages: {
    ...automationMessages,
    ...campaignMessages,
    ...standardMessages,
    fleet: {
      title: 'Fleet',
      repositories_one: 'repository',
      repositories_other: 'repositories',
      median: 'median score',
      failing: 'failing',
      failingWhy: 'The last reading failed. Show these repositories.',
      unknown: 'unknown',
      unknownWhy: 'No score is known. Show these repositories.',
      stale: 'stale',
      staleWhy: 'The last reading is too old. Show these repositories.',
      poor: 'poor',
      poorWhy: 'The score is below 60. Show these repositories.',
      trend: 'in seven days',
      fresh_one: '{{count}} new repository',
      fresh_other: '{{count}} new repositories',
      moved: 'Some rows changed and may belong elsewhere',
      showFresh: 'Show',
      shown: '{{shown}} of {{total}}',
      loadingMore: 'Loading more…',
      loading: 'Loading the fleet',
      numbers: 'The fleet in numbers',
    },
    filter: {
      label: 'Filter',
      owner: 'Owner',
      system: 'System',
      state: 'State',
      level: 'Score',
      check: 'Failing check',
      search: 'Search names',
      clear: 'Clear filters',
    },
    table: {
      label: 'Repositories',
      score: 'Score',
      name: 'Repository',
      owner: 'Owner',
      worst: 'Worst verdict',
      days: '90 days',
      changed: 'Changed',
      noOwner: 'no owner',
      allPass: 'nothing to fix',
      worth: '+{{points}}',
      entities_one: '{{count}} entity',
      entities_other: '{{count}} entities',
      notRegistered: 'not in the catalog',
    },
    empty: {
      title: 'No repository yet',
      message:
        'The fleet fills itself from the catalog: every entity that says where its source is brings its repository. Add one of these lines to an entity, or name folders and remotes in app-config.',
      filteredTitle: 'No repository matches',
      filteredMessage: 'Loosen a filter to see more of the fleet.',
    },
    lately: {
      title: 'Lately',
      none: 'Nothing changed yet. Changes of scores and verdicts appear here as they happen.',
      unknown: 'unknown',
      first: 'first reading',
      firstScore: 'first reading: {{score}}',
      state: 'state changed',
      verdict: '{{title}}: {{to}}',
      more_one: 'and {{count}} more',
      more_other: 'and {{count}} more',
    },
    problems: {
      title_one: '{{count}} entity without a usable repository',
      title_other: '{{count}} entities without a usable repository',
    },
    health: {
      fixFirst: 'Fix first',
      worth: 'worth',
      nothingToFix: 'Every check that applies passes. Nothing to fix.',
      nothingKnown:
        'Nothing is known to be wrong, but some verdicts are unknown.',
      howToFix: 'How to fix',
      checks: 'Checks by group',
      checksCount_one: '{{count}} check',
      checksCount_other: '{{count}} checks',
      history: '90 days',
      changes: 'Changes',
      noChanges: 'No change recorded yet.',
      moreChanges: 'Show all {{total}}',
      fewerChanges: 'Show fewer',
      refresh: 'Refresh',
      refreshing: 'Reading…',
      accepted: 'Accepted. The new reading appears here by itself.',
      arrived: 'The new reading is here.',
      refreshFailed: 'The reading could not be asked for: {{message}}',
      mayNot:
        'Your account may not ask for a new reading (needs {{permission}}).',
      loading: 'Loading health',
      score: 'Score',
      unscored: 'not scored',
    },
    group: {
      name: 'Group',
      score: 'Score',
      pass: 'pass',
      warn: 'warn',
      fail: 'fail',
      unknown: 'unknown',
      na: 'n/a',
      unscored: 'not scored',
    },
    verdict: {
      since: 'Since',
      evidence: 'Evidence',
      noEvidence: 'No single place.',
      why: 'Why it matters',
      fix: 'How to fix',
      applies: 'Applies to',
      weight: 'Weight',
      points: 'Points',
      pointsOf: '{{points}} of {{possible}}',
      parameters: 'Parameters',
      commit: 'Commit',
    },
    place: {
      subpath: 'Folder',
      whole: 'the whole repository',
      others: 'Also in it',
      root: 'root',
      conflict: 'This place is claimed twice',
      repository: 'Repository',
    },
    state: {
      pendingTitle: 'Not read yet',
      pendingMessage:
        'Fettle knows this repository and has queued its first reading. The score appears here by itself.',
      pendingNow:
        'The first reading is under way. The score appears here by itself.',
      emptyTitle: 'Nothing to judge',
      emptyMessage:
        'The repository was read, but it has no commit on a default branch. Push a commit, and the checks run by themselves.',
      failingTitle: 'The last reading failed',
      staleTitle: 'This reading is stale',
      staleMessage:
        'Readings older than {{limit}} count as stale. What is shown below was true then and may not be now.',
      lastKnownScore: 'score {{score}}, read',
      lastKnownNone: 'nothing; it was never read',
      refreshAction: 'Ask for a new reading with Refresh.',
    },
    entity: {
      noneTitle: 'No repository for this entity',
      noneMessage:
        'Health shows the score of an entity’s repository, the reasons for it and what to fix first. To get it, say where the source is: add this to the entity’s catalog-info.yaml.',
      folder: 'For one folder of a monorepo, add the folder behind a #.',
      problemTitle: 'The repository of this entity cannot be used',
    },
    card: { title: 'Health', open: 'Open Health' },
    repository: { back: 'Fleet', title: 'Repository' },
  },
});
