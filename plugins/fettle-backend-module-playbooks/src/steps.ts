import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import type { PlaybookStep } from 'backstage-plugin-fettle-node';
import type { StepsConfig } from './config/StepsConfig';
import { GitTagResolver } from './pins/GitTagResolver';
import { ImageRegistry } from './pins/ImageRegistry';
import { addFiles } from './steps/addFiles';
import { callMcpTool } from './steps/callMcpTool';
import { callWebhook } from './steps/callWebhook';
import { closeIssue } from './steps/closeIssue';
import { deleteBranches } from './steps/deleteBranches';
import { narrowPermissions } from './steps/narrowPermissions';
import { openIssue } from './steps/openIssue';
import { pinActions } from './steps/pinActions';
import { pinImages } from './steps/pinImages';
import { requestReview } from './steps/requestReview';
import { rerunFailed } from './steps/rerunFailed';
import { restoreSettings } from './steps/restoreSettings';
import { revertCommit } from './steps/revertCommit';
import { runTemplate } from './steps/runTemplate';
import { updateDependency } from './steps/updateDependency';
import { waitForPerson } from './steps/waitForPerson';

/** Every built-in step. A new one is a file, and a line here. */
export function createSteps(
  config: StepsConfig,
  services: { auth: AuthService; discovery: DiscoveryService },
): PlaybookStep[] {
  return [
    addFiles,
    callMcpTool(config.mcpServers),
    callWebhook(config.webhooks),
    closeIssue,
    deleteBranches,
    narrowPermissions,
    openIssue,
    pinActions(new GitTagResolver(config.actionHosts)),
    pinImages(new ImageRegistry(config.imageRegistries)),
    requestReview,
    rerunFailed,
    restoreSettings,
    revertCommit,
    runTemplate(services),
    updateDependency(config.dependencies),
    waitForPerson,
  ];
}
