import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ProposedChange } from 'backstage-plugin-fettle-node';
import type { PlaybookSet, ProblemReader } from '../playbooks/LoadedPlaybook';
import type { Registry } from '../registry/Registry';
import type { DatabaseRemediationStore } from '../store/remediation/DatabaseRemediationStore';
import type { StoredRemediation } from '../store/remediation/StoredRemediation';
import type { AuditTrail } from './AuditTrail';
import type { Escalation } from './escalate/Escalation';
import type { FreezeWindow } from './limits/freezes';
import type { Planner } from './plan/Planner';

/** What remediations are carried out with. */
export interface RemediatorServices {
  store: DatabaseRemediationStore;
  playbooks: PlaybookSet;
  problems: ProblemReader;
  planner: Planner;
  registry: Registry;
  escalation: Escalation;
  audit: AuditTrail;
  /** Asks for a fresh reading; its end is told by a nudge. */
  readNow: (repositoryId: string) => Promise<void>;
  /** What CI told the portal of a commit. */
  checksOf: (
    repositoryId: string,
    commit: string,
  ) => Promise<ProposedChange['checks']>;
  /** Matches its components anew; gives the titles of matchers that could not. */
  match: (repositoryId: string) => Promise<string[]>;
  /** Whether CI ever ran in the repository, or is defined in it. */
  hasPipelines: (repositoryId: string) => Promise<boolean>;
  /** Told of each transition after it was stored. */
  onChange: (
    before: StoredRemediation,
    after: StoredRemediation,
    message: string | null,
  ) => void;
  /** Windows in which nothing is changed. */
  freezes: readonly FreezeWindow[];
  /** Of one outside effect. */
  effectMs: number;
  clock: () => Date;
  logger: LoggerService;
}
