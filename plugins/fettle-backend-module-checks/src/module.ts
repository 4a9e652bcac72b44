import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  fettleChecksExtensionPoint,
  fettleFactCollectorsExtensionPoint,
} from 'backstage-plugin-fettle-node';
import { activityCheck } from './activity/activityCheck';
import { activityFactCollector } from './activity/activityFact';
import { branchesCheck } from './branches/branchesCheck';
import { branchesFactCollector } from './branches/branchesFact';
import { outputCheck } from './buildOutput/outputCheck';
import { outputFactCollector } from './buildOutput/outputFact';
import { ciCheck } from './ci/ciCheck';
import { ciFactCollector } from './ci/ciFact';
import { codeownersCheck } from './codeowners/codeownersCheck';
import { codeownersFactCollector } from './codeowners/codeownersFact';
import { conflictsCheck } from './conflicts/conflictsCheck';
import { conflictsFactCollector } from './conflicts/conflictsFact';
import { descriptorCheck } from './descriptor/descriptorCheck';
import { descriptorFactCollector } from './descriptor/descriptorFact';
import { licenceCheck } from './licence/licenceCheck';
import { licenceFactCollector } from './licence/licenceFact';
import { lockfilesCheck } from './lockfiles/lockfilesCheck';
import { lockfilesFactCollector } from './lockfiles/lockfilesFact';
import { defaultBranchCheck } from './pipelines/defaultBranchCheck';
import { pipelinesFactCollector } from './pipelines/pipelinesFact';
import { reliabilityCheck } from './pipelines/reliabilityCheck';
import { readmeCheck } from './readme/readmeCheck';
import { readmeFactCollector } from './readme/readmeFact';

/**
 * Adds the built-in checks and the facts that they rest on.
 *
 * @public
 */
export const fettleModuleChecks = createBackendModule({
  pluginId: 'fettle',
  moduleId: 'checks',
  register(env) {
    env.registerInit({
      deps: {
        facts: fettleFactCollectorsExtensionPoint,
        checks: fettleChecksExtensionPoint,
      },
      async init({ facts, checks }) {
        facts.addFactCollector(
          readmeFactCollector,
          licenceFactCollector,
          codeownersFactCollector,
          descriptorFactCollector,
          ciFactCollector,
          lockfilesFactCollector,
          conflictsFactCollector,
          outputFactCollector,
          activityFactCollector,
          branchesFactCollector,
          pipelinesFactCollector,
        );
        checks.addCheck(
          readmeCheck,
          licenceCheck,
          codeownersCheck,
          descriptorCheck,
          ciCheck,
          lockfilesCheck,
          conflictsCheck,
          outputCheck,
          activityCheck,
          branchesCheck,
          defaultBranchCheck,
          reliabilityCheck,
        );
      },
    });
  },
});
