import type {
  ExceptionScope,
  FindingEvent,
  FindingKind,
  FindingState,
} from 'backstage-plugin-fettle-common';
import type { Sighting } from './Sighting';

/** A finding as the rules of its life need it. */
export interface StoredFinding {
  id: string;
  repositoryId: string;
  state: FindingState;
  /** Everything it was ever known by; sightings that are gone leave theirs. */
  keys: string[];
  /** What it was last seen as. */
  seen: Sighting;
  /** Who sees it now. */
  sightings: Map<string, Sighting>;
  firstSeenAt: string;
  /** When it was opened, or opened again: from then its due date counts. */
  openedAt: string;
  lastSeenAt: string;
  stateSince: string;
  fixedAt: string | null;
  exceptionId: string | null;
  /** The commit of the scan that decided its state. */
  commit: string | null;
}

/** An exception as far as it decides what it covers. */
export interface ActiveException {
  id: string;
  as: 'accepted' | 'false-positive';
  scope: ExceptionScope;
  kind: FindingKind;
  /** The rule and its other names. */
  names: string[];
  findingId: string | null;
  repositoryId: string | null;
  owner: string | null;
  expiresAt: string | null;
  actor: string;
  reason: string;
}

/** A step in the life of a finding, to be kept. */
export interface LifeEvent extends FindingEvent {
  findingId: string;
}
