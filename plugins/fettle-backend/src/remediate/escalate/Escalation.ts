import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Reason } from 'backstage-plugin-fettle-common';
import type { StepEntity } from 'backstage-plugin-fettle-node';
import type { StoredRemediation } from '../../store/remediation/StoredRemediation';

/** Tells people through Backstage's notifications that a remediation needs them. */
export class Escalation {
  #isMissingTold = false;

  constructor(
    private readonly options: {
      notifications: NotificationService;
      entitiesOf: (repositoryId: string) => Promise<StepEntity[]>;
      logger: LoggerService;
    },
  ) {}

  /** Told again, it is the same notification. */
  async tell(
    { id, title, repositoryId }: StoredRemediation,
    { escalateTo, reason }: { escalateTo: readonly string[]; reason: Reason },
  ): Promise<void> {
    const { notifications, entitiesOf, logger } = this.options;
    const entities = await entitiesOf(repositoryId);
    const owners = entities.flatMap(({ owner }) => owner ?? []);
    const entityRef = [...new Set([...owners, ...escalateTo])];
    if (entityRef.length === 0) return;
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef },
        payload: {
          title: `Needs you: ${title}`.slice(0, 200),
          description: `${reason.message} ${reason.action}`,
          link: `/fettle/automation/remediations/${encodeURIComponent(id)}`,
          severity: 'high',
          topic: 'fettle-automation',
          scope: `fettle-remediation:${id}`,
        },
      });
    } catch (error) {
      // Its page tells the same; a portal without notifications is no reason to stop.
      if (this.#isMissingTold) return;
      this.#isMissingTold = true;
      logger.warn(
        `Nobody was told that '${title}' needs a person: Backstage's notifications cannot be reached. Add '@backstage/plugin-notifications-backend' to the backend. ${error}`,
      );
    }
  }
}
