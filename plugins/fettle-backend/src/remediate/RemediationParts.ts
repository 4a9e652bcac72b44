import type { DatabaseRemediationStore } from '../store/remediation/DatabaseRemediationStore';
import type { AutomationReader } from './AutomationReader';
import type { KillSwitch } from './KillSwitch';
import type { RemediationService } from './RemediationService';

/** What routes and campaigns work with. */
export interface RemediationParts {
  store: DatabaseRemediationStore;
  service: RemediationService;
  reader: AutomationReader;
  killSwitch: KillSwitch;
}
