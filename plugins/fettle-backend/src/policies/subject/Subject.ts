import type {
  ComponentScope,
  FindingKind,
  Severity,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import type { RepositorySettings } from 'backstage-plugin-fettle-node';
import type {
  StoredScan,
  UsedComponent,
} from '../../store/security/SecurityStore';
import type { FINDING_STATES, REPOSITORY_STATES } from '../language/words';

/** A finding that is not fixed, as policies read it. */
export interface SubjectFinding {
  id: string;
  kind: FindingKind;
  rule: string;
  aliases: string[];
  title: string;
  severity: Severity;
  cvss: number | null;
  epss: number | null;
  exploited: boolean;
  priority: number;
  state: (typeof FINDING_STATES)[number];
  certain: boolean;
  /** Empty for none. */
  path: string;
  line: number | null;
  component: {
    ecosystem: string;
    name: string;
    versions: string[];
    direct: boolean | null;
    scope: ComponentScope;
  } | null;
  fixedIn: string[];
  seenBy: string[];
  /** Settings as they were before somebody changed them. */
  was?: RepositorySettings;
  firstSeenAt: string;
  openedAt: string;
  dueAt: string | null;
}

export interface SubjectVerdict {
  check: string;
  title: string;
  status: VerdictStatus;
  message: string;
  subpath: string;
  since: string;
}

/** One repository with all that policies read of it. */
export interface Subject {
  id: string;
  name: string;
  host: string;
  remote: string;
  state: (typeof REPOSITORY_STATES)[number];
  defaultBranch: string | null;
  headCommit: string | null;
  headCommittedAt: string | null;
  /** Of the last reading that succeeded; null for one that was never read. */
  collectedAt: string | null;
  score: number | null;
  /** Null where its source does not tell. */
  protection: {
    protected: boolean;
    reviews?: number;
    forcePushes?: boolean;
  } | null;
  archived: boolean | null;
  entities: {
    ref: string;
    subpath: string;
    owner: string | null;
    system: string | null;
  }[];
  verdicts: SubjectVerdict[];
  scans: Pick<
    StoredScan,
    'scannerId' | 'state' | 'commit' | 'scannedAt' | 'reason' | 'problems'
  >[];
  /** How many different components it uses of each ecosystem; only where findings are read. */
  ecosystems: {
    ecosystem: string;
    components: number;
    /** Those of them of which only a range is asked for. */
    unversioned: number;
  }[];
  components: Omit<UsedComponent, 'chain'>[];
  findings: SubjectFinding[];
}
