import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { HostStatus } from 'backstage-plugin-fettle-common';
import type { CallBudget, CallBudgets } from '../contracts/CallBudgets';
import { HostBudget } from './HostBudget';

const DEFAULT_RESERVE = 0.3;

/**
 * Budgets that live in memory: what a host allows is said again by its next
 * answer.
 *
 * @public
 */
export class DefaultCallBudgets implements CallBudgets {
  readonly #hosts = new Map<string, HostBudget>();

  static fromConfig(
    config: RootConfigService,
    clock: () => Date = () => new Date(),
  ): DefaultCallBudgets {
    const reserves = new Map<string, number>();
    const hosts = config.getOptionalConfig('fettle.hosts');
    for (const host of hosts?.keys() ?? []) {
      const key = `fettle.hosts.${host}.reserve`;
      // A host's name holds dots, which a config path would split at.
      const settings = hosts!.getOptional<Record<string, unknown>>()?.[host];
      const reserve = (settings as { reserve?: unknown })?.reserve;
      if (reserve === undefined) continue;
      if (typeof reserve !== 'number' || !(reserve >= 0 && reserve < 1)) {
        throw new InputError(
          `Invalid config at '${key}': ${JSON.stringify(
            reserve,
          )} is not a share from 0 to below 1. Write for example 0.3 to leave three tenths of the host's limit for people.`,
        );
      }
      reserves.set(host.toLocaleLowerCase('en-US'), reserve);
    }
    return new DefaultCallBudgets({ reserves, clock });
  }

  private constructor(
    private readonly options: {
      reserves: ReadonlyMap<string, number>;
      clock: () => Date;
    },
  ) {}

  forHost(name: string): CallBudget {
    const host = name.toLocaleLowerCase('en-US');
    let budget = this.#hosts.get(host);
    if (!budget) {
      const { reserves, clock } = this.options;
      const reserve = reserves.get(host) ?? DEFAULT_RESERVE;
      budget = new HostBudget({ host, reserve, clock });
      this.#hosts.set(host, budget);
    }
    return budget;
  }

  status(): HostStatus[] {
    return [...this.#hosts.values()]
      .map(budget => budget.status())
      .sort((a, b) => (a.host < b.host ? -1 : 1));
  }
}
