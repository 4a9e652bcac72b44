import { combine, findingId } from './combine';
import { coveredBy, decideState } from './decideState';
import type { Sighting } from './Sighting';
import type {
  ActiveException,
  LifeEvent,
  StoredFinding,
} from './StoredFinding';

/** What one observer sees of a repository now. */
export interface Observation {
  observer: string;
  sightings: readonly Sighting[];
  /** Whether it could not look at this path: what it saw there before stays. */
  unread: (path: string) => boolean;
  /** Keys of what is there still, though a person closed it elsewhere: it opens nothing and fixes nothing. */
  keeps?: ReadonlySet<string>;
  commit: string | null;
}

/** What decides a finding's state beside its sightings. */
export interface Circumstances {
  exceptions: readonly ActiveException[];
  /** Of the repository. */
  owners: ReadonlySet<string>;
  now: Date;
}

/** The findings that are to be written, and what happened to them. */
export interface Merged {
  changed: StoredFinding[];
  events: LifeEvent[];
}

/**
 * Brings what one observer sees into the findings of a repository. Sightings
 * of one kind and path that share a key are one finding, whoever sees them. A
 * finding is fixed when its last observer, having looked, does not see it.
 */
export function mergeFindings(
  repositoryId: string,
  existing: readonly StoredFinding[],
  observation: Observation,
  circumstances: Circumstances,
): Merged {
  const { observer, unread, keeps, commit } = observation;
  const at = circumstances.now.toISOString();
  const known = new KnownFindings(existing);
  const seen = new Map<StoredFinding, Sighting>();
  const added = new Set<StoredFinding>();
  for (const sighting of observation.sightings) {
    let finding = known.find(sighting, observer);
    if (!finding) {
      finding = begin(repositoryId, sighting, at);
      added.add(finding);
    }
    const before = seen.get(finding);
    const now = before ? combine([before, sighting]) : sighting;
    seen.set(finding, now);
    known.add(finding, now.keys);
  }
  const changed: StoredFinding[] = [];
  const events: LifeEvent[] = [];
  for (const finding of [...existing, ...added]) {
    const now = seen.get(finding);
    const before = finding.sightings.get(observer);
    if (!now && (!before || unread(finding.seen.path))) continue;
    if (!now && before?.keys.some(key => keeps?.has(key))) continue;
    const sightings = new Map(finding.sightings);
    if (now) sightings.set(observer, now);
    else sightings.delete(observer);
    const next = settle(
      {
        ...finding,
        sightings,
        keys: [...new Set([...finding.keys, ...(now?.keys ?? [])])],
        seen:
          sightings.size > 0 ? combine([...sightings.values()]) : finding.seen,
        lastSeenAt: now ? at : finding.lastSeenAt,
      },
      { ...circumstances, commit, isNew: added.has(finding) },
    );
    events.push(...next.events);
    if (
      next.events.length > 0 ||
      JSON.stringify(next.finding.seen) !== JSON.stringify(finding.seen) ||
      next.finding.sightings.size !== finding.sightings.size ||
      (now && JSON.stringify(now) !== JSON.stringify(before))
    ) {
      changed.push(next.finding);
    }
  }
  return { changed, events };
}

/** A finding in the state that sightings and exceptions give it, with what that means for its history. */
export function settle(
  finding: StoredFinding,
  options: Circumstances & { commit: string | null; isNew?: boolean },
): { finding: StoredFinding; events: LifeEvent[] } {
  const { exceptions, owners, now, commit, isNew = false } = options;
  const at = now.toISOString();
  const exception = coveredBy(finding, exceptions, owners);
  const state = decideState(finding, exception);
  const exceptionId = state === 'fixed' ? null : exception?.id ?? null;
  const same = state === finding.state && exceptionId === finding.exceptionId;
  if (same && !isNew) return { finding, events: [] };
  const by = { findingId: finding.id, at, actor: null, reason: null, commit };
  const events: LifeEvent[] = [];
  if (isNew) events.push({ ...by, event: 'opened' });
  if (state === 'fixed') events.push({ ...by, event: 'fixed' });
  else if (finding.state === 'fixed') events.push({ ...by, event: 'reopened' });
  if (exception && state !== 'fixed') {
    const { actor, reason } = exception;
    events.push({ ...by, event: exception.as, actor, reason });
  } else if (finding.exceptionId !== null && state === 'open') {
    events.push({ ...by, event: 'exception-ended' });
  }
  return {
    finding: {
      ...finding,
      ...{ state, exceptionId, commit },
      stateSince: state === finding.state && !isNew ? finding.stateSince : at,
      openedAt:
        finding.state === 'fixed' && state !== 'fixed' ? at : finding.openedAt,
      fixedAt: state === 'fixed' ? at : null,
    },
    events,
  };
}

function begin(
  repositoryId: string,
  sighting: Sighting,
  at: string,
): StoredFinding {
  return {
    id: findingId(repositoryId, sighting),
    repositoryId,
    state: 'open',
    keys: sighting.keys,
    seen: sighting,
    sightings: new Map(),
    ...{ firstSeenAt: at, openedAt: at, lastSeenAt: at, stateSince: at },
    ...{ fixedAt: null, exceptionId: null, commit: null },
  };
}

/**
 * Finds a finding by kind, path and any of its keys. Observers that do not
 * make the same keys are brought together by what else tells a problem from
 * its neighbours, where only one finding fits.
 */
class KnownFindings {
  readonly #places = new Map<string, StoredFinding>();
  readonly #hints = new Map<string, Set<StoredFinding>>();

  constructor(findings: readonly StoredFinding[]) {
    for (const finding of findings) this.add(finding, finding.keys);
  }

  add(finding: StoredFinding, keys: readonly string[]): void {
    for (const place of places(finding.seen, keys)) {
      if (!this.#places.has(place)) this.#places.set(place, finding);
    }
    for (const hint of places(finding.seen, hints(finding.seen))) {
      const of = this.#hints.get(hint) ?? new Set();
      this.#hints.set(hint, of.add(finding));
    }
  }

  find(sighting: Sighting, observer: string): StoredFinding | undefined {
    const [exact] = places(sighting, sighting.keys).flatMap(
      place => this.#places.get(place) ?? [],
    );
    if (exact) return exact;
    const fitting = new Set(
      places(sighting, hints(sighting))
        .flatMap(hint => [...(this.#hints.get(hint) ?? [])])
        // Its own keys tell an observer's findings apart; packages do, too.
        .filter(
          ({ sightings, seen }) =>
            sightings.size > 0 &&
            !sightings.has(observer) &&
            (seen.component === null || sighting.component === null),
        ),
    );
    return fitting.size === 1 ? [...fitting][0] : undefined;
  }
}

/** An advisory by its names, a secret by its line. */
function hints({ kind, rule, aliases, line }: Sighting): string[] {
  if (kind === 'vulnerability') return [rule, ...aliases];
  return kind === 'secret' && line !== null ? [String(line)] : [];
}

function places(
  { kind, path }: Pick<Sighting, 'kind' | 'path'>,
  keys: readonly string[],
): string[] {
  return keys.map(key => `${kind}\0${path}\0${key}`);
}
