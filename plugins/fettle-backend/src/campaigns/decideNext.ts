import type { Reason } from 'backstage-plugin-fettle-common';
import { planStateAt } from '../remediate/approve/approvals';
import type { KnownRelease } from '../store/campaigns/libraries';
import type {
  Standing,
  StoredCampaign,
} from '../store/campaigns/StoredCampaign';
import { gateOf, isBad } from './gate';
import { waitsForLibrary } from './waitsForLibrary';

/** Remediations of a campaign that are begun and not yet at rest; more would only queue. */
const MOST_BEGUN = 24;
/** How soon a campaign looks again where nothing tells it. */
const RELEASES_SECONDS = 60;
const OPEN_SECONDS = 15;
const ANYWAY_SECONDS = 300;

/** What a running campaign does next. */
export interface Next {
  start: Standing[];
  /** Their plans are too old to be applied. */
  planAgain: Standing[];
  /** What repositories wait for, where that is new. */
  reasons: Map<string, Reason | null>;
  pause?: Reason;
  wave?: number;
  finish?: true;
  dueAt: Date;
}

/** Pure: from how the repositories stand, what is to be done. */
export function decideNext(
  campaign: Pick<
    StoredCampaign,
    'wave' | 'waveCount' | 'mostFailures' | 'accepted'
  >,
  standings: readonly Standing[],
  known: {
    releases: ReadonlyMap<number, KnownRelease>;
    settleSeconds: number;
    now: Date;
  },
): Next {
  const { now, releases } = known;
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const next: Next = {
    ...{ start: [], planAgain: [], reasons: new Map() },
    dueAt: later(ANYWAY_SECONDS),
  };
  const sooner = (at: Date) => {
    if (at < next.dueAt) next.dueAt = at;
  };
  const begun = standings.filter(
    ({ wave }) => wave > 0 && wave <= campaign.wave,
  );
  const pause = tooManyFailures(campaign, begun);
  if (pause) return { ...next, pause };

  const byId = new Map(standings.map(one => [one.repositoryId, one]));
  let room = MOST_BEGUN - begun.filter(isBusy).length;
  let stuckOn: Reason | undefined;
  let moving = begun.some(({ remediationId, state }) => {
    return remediationId !== null && !ENDED.includes(state);
  });
  for (const standing of begun) {
    if (standing.state === 'planning') moving = true;
    if (standing.state !== 'waiting') continue;
    const { planHash, planState, releasedHash, planExpiresAt } = standing;
    const state = planState && {
      is: planStateAt({ state: planState, expiresAt: planExpiresAt }, now),
    };
    if (state?.is === 'expired') {
      next.planAgain.push(standing);
      moving = true;
      continue;
    }
    if (state?.is !== 'ready' || releasedHash !== planHash) continue;
    const waits = standing.libraries
      .map(one => waitsForLibrary(one, byId.get(one.repositoryId), releases))
      .find(one => one !== null);
    if (waits) {
      if (waits.failed) stuckOn ??= waits.reason;
      if (waits.reason.code === 'release') {
        moving = true;
        sooner(later(RELEASES_SECONDS));
      }
      note(next, standing, waits.reason);
      continue;
    }
    moving = true;
    if (room > 0) {
      next.start.push(standing);
      room -= 1;
      note(next, standing, null);
    } else {
      note(next, standing, QUEUED);
    }
  }
  const gates = begun.map(one => ({ ...gateOf(one, known), of: one }));
  for (const { is, until, of } of gates) {
    if (until) sooner(until);
    // Checks of a change come and go without a new state.
    if (is === 'open' && of.state === 'open') sooner(later(OPEN_SECONDS));
  }
  const through = gates.every(({ is }) => is !== 'open');
  if (through && campaign.wave < campaign.waveCount) {
    return { ...next, wave: campaign.wave + 1, dueAt: now };
  }
  const over = begun.every(({ state }) => ENDED.includes(state));
  if (over && campaign.wave >= campaign.waveCount) {
    return { ...next, finish: true };
  }
  return stuckOn && !moving ? { ...next, pause: stuckOn } : next;
}

const ENDED: readonly string[] = [
  ...['healed', 'failed', 'cancelled', 'nothing', 'impossible'],
];

const QUEUED: Reason = {
  code: 'queued',
  message: 'Others of its wave are under way: it is begun when there is room.',
  action: 'Wait for them.',
};

/** It is being applied, or held back: more of those would only wait beside it. */
function isBusy({ state, remediationState }: Standing): boolean {
  return state === 'blocked' || remediationState === 'applying';
}

function note(next: Next, standing: Standing, reason: Reason | null): void {
  if (standing.reason?.message !== reason?.message) {
    next.reasons.set(standing.repositoryId, reason);
  }
}

function tooManyFailures(
  { mostFailures, accepted }: Pick<StoredCampaign, 'mostFailures' | 'accepted'>,
  begun: readonly Standing[],
): Reason | undefined {
  for (const [wave, { all, failures }] of failuresByWave(begun)) {
    const most = Math.max(mostFailures * all, accepted[wave] ?? 0);
    if (failures <= most) continue;
    return {
      code: 'failures',
      message: `Of the ${all} repositories of wave ${wave}, ${failures} failed, and ${Math.floor(
        most,
      )} may.`,
      action:
        'Look at why they failed. Then retry them, resume the campaign as it is, or cancel it.',
    };
  }
  return undefined;
}

/** What failed, or was ended by a person, by wave. */
export function failuresByWave(
  standings: readonly Pick<Standing, 'wave' | 'state'>[],
): Map<number, { all: number; failures: number }> {
  const waves = new Map<number, { all: number; failures: number }>();
  for (const { wave, state } of standings) {
    if (wave === 0) continue;
    const of = waves.get(wave) ?? { all: 0, failures: 0 };
    waves.set(wave, of);
    of.all += 1;
    if (isBad(state)) of.failures += 1;
  }
  return waves;
}
