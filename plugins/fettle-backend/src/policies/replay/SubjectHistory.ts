import type {
  FindingEvent,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import type { Subject, SubjectFinding } from '../subject/Subject';

/** A finding with its life. */
export interface PastFinding {
  finding: SubjectFinding;
  /** Oldest first. */
  events: { at: string; event: FindingEvent['event'] }[];
}

/** A change of a folder's score, state or verdicts. */
export interface PastChange {
  at: string;
  subpath: string;
  fromScore: number | null;
  fromState: Subject['state'];
  verdicts: { checkId: string; from: VerdictStatus | null }[];
}

/** What is known of how a repository was. */
export interface SubjectHistory {
  /** YYYY-MM-DD of the first reading; null where there was none. */
  firstReadOn: string | null;
  /** YYYY-MM-DD of the first scan that left something; null where there was none. */
  firstScannedOn: string | null;
  /** Newest first. */
  changes: PastChange[];
  /** The fixed ones too, where they were fixed in the time that is asked about. */
  findings: PastFinding[];
}
