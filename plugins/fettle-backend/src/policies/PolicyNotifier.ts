import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { PolicyLevel, Severity } from 'backstage-plugin-fettle-common';
import type { PolicyStore } from '../store/policies/PolicyStore';
import type { Outcome } from './evaluatePolicy';
import type { CompiledPolicy } from './Policy';
import type { Subject } from './subject/Subject';

/** Each level includes those before it. */
const TOLD: ReadonlySet<PolicyLevel> = new Set([
  'notify',
  'propose',
  'enforce',
]);
const SEVERITIES: Readonly<Record<Severity, NotificationPayload['severity']>> =
  {
    ...{ critical: 'critical', high: 'high', medium: 'normal' },
    ...{ low: 'low', unknown: 'normal' },
  };

/** Tells owners of violations through Backstage's notifications, once for each. */
export class PolicyNotifier {
  #isMissingTold = false;

  constructor(
    private readonly options: {
      policies: readonly CompiledPolicy[];
      store: PolicyStore;
      notifications: NotificationService;
      logger: LoggerService;
      clock: () => Date;
    },
  ) {}

  /** What cannot be told now is told after the next evaluation. */
  async tell(
    subject: Subject,
    outcomes: ReadonlyMap<string, Outcome>,
  ): Promise<void> {
    const { policies, store, clock } = this.options;
    const owners = [
      ...new Set(subject.entities.flatMap(({ owner }) => owner ?? [])),
    ];
    if (owners.length === 0) return;
    const concerned = policies.filter(({ described }) => {
      const status = outcomes.get(described.id)?.status;
      const broken = status === 'violated' || status === 'error';
      return broken && TOLD.has(described.level);
    });
    if (concerned.length === 0) return;
    const untold = await store.claimNotices(
      subject.id,
      concerned.map(({ described }) => described.id),
      clock(),
    );
    for (const policy of concerned) {
      const { id } = policy.described;
      if (!untold.includes(id)) continue;
      await this.#send(policy, subject, outcomes.get(id)!, owners);
    }
  }

  async #send(
    { described }: CompiledPolicy,
    { id, name }: Subject,
    { message }: Outcome,
    owners: string[],
  ): Promise<void> {
    const { notifications, store, logger } = this.options;
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: owners },
        payload: {
          title: `${name} does not keep '${described.title}'`,
          description: message,
          link: `/fettle/repositories/${encodeURIComponent(id)}`,
          severity: SEVERITIES[described.severity],
          topic: 'fettle-policies',
          scope: `fettle-policy:${described.id}:${id}`,
        },
      });
    } catch (error) {
      await store.releaseNotice(id, described.id);
      // Once: a portal without notifications is no fault of a repository.
      if (this.#isMissingTold) return;
      this.#isMissingTold = true;
      logger.warn(
        `Owners are not told of violations: Backstage's notifications cannot be reached. Add '@backstage/plugin-notifications-backend' to the backend, or set the level of all policies to 'observe'. ${error}`,
      );
    }
  }
}
