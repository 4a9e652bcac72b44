import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  AUTOMATION_SCOPE,
  REMEDIATION_CHANGED_TOPIC,
  remediationsScope,
  type RemediationChangedEvent,
} from 'backstage-plugin-fettle-common';
import type { LivePublisher } from '../live/LivePublisher';
import type { StoredRemediation } from '../store/remediation/StoredRemediation';

/** Tells open pages and other plugins what became of plans and remediations. */
export class RemediationNews {
  constructor(
    private readonly options: {
      live: Pick<LivePublisher, 'hint'>;
      events: EventsService;
      logger: LoggerService;
    },
  ) {}

  /** A plan or a remediation of a repository changed. */
  changed(repositoryId: string, revision: number): void {
    this.options.live.hint(remediationsScope(repositoryId), revision);
    this.automation(revision);
  }

  /** What holds for all of them changed. */
  automation(revision: number): void {
    this.options.live.hint(AUTOMATION_SCOPE, revision);
  }

  /** A remediation came to another state. */
  moved(
    from: StoredRemediation,
    to: StoredRemediation,
    message: string | null,
  ): void {
    const eventPayload: RemediationChangedEvent = {
      ...{ remediationId: to.id, planHash: to.planHash },
      ...{ playbookId: to.playbookId, repositoryId: to.repositoryId },
      ...{ campaignId: to.campaignId, from: from.state, to: to.state },
      message: message ?? to.reason?.message ?? '',
      ...{ changeUrl: to.change?.url ?? null, revision: to.revision },
    };
    this.options.events
      .publish({ topic: REMEDIATION_CHANGED_TOPIC, eventPayload })
      .catch(error =>
        this.options.logger.warn(`An event could not be sent: ${error}`),
      );
  }
}
