import { setUp } from '../remediate/testRemediations';
import { AuditTrail } from '../remediate/AuditTrail';
import { DatabaseCampaignStore } from '../store/campaigns/DatabaseCampaignStore';
import type { WorkEngine } from '../work/WorkEngine';
import { CampaignNews } from './CampaignNews';
import { CampaignPlanner } from './CampaignPlanner';
import { CampaignRunner } from './CampaignRunner';
import { CampaignService } from './CampaignService';

type Given = Parameters<typeof setUp>;

/** Campaigns over repositories in memory, with a clock that a test moves. */
export async function setUpCampaigns(...[on, given]: Given) {
  const all = await setUp(on, given);
  const { clock, playbooks, knex } = all;
  const logger = { debug: () => {}, warn: () => {} } as never;
  const campaigns = new DatabaseCampaignStore(knex);
  const audit = new AuditTrail(all.auditor);
  const hints: string[] = [];
  const news = new CampaignNews({ hint: scope => hints.push(scope) });
  /** A process of its own. */
  const openCampaigns = (
    store = campaigns,
    { service: remediations }: Pick<typeof all, 'service'> = all,
  ) => {
    const runner = new CampaignRunner({
      ...{ store, playbooks, audit, news, clock, logger },
      planner: new CampaignPlanner({
        ...{ store, service: remediations, news, logger },
      }),
      service: remediations,
      work: {} as WorkEngine,
    });
    // A test says when it goes on.
    runner.poke = () => {};
    const service = new CampaignService({
      ...{ store, runner, playbooks, audit, news, clock },
      problems: all.problems,
    });
    return { runner, service };
  };
  const { runner, service } = openCampaigns();
  /** Everything goes on until it waits. */
  const work = async (id: string, seconds = 0, rounds = 5) => {
    all.pass(seconds);
    for (let i = 0; i < rounds; i += 1) {
      await runner.drive(id);
      const open = await knex('remediations')
        .whereNull('ended_at')
        .select('id');
      await Promise.all(open.map(one => all.remediator.drive(one.id)));
    }
    await runner.drive(id);
    return (await campaigns.get(id))!;
  };
  const standings = async (id: string) =>
    Object.fromEntries(
      (await campaigns.standings(id)).map(one => [one.repository, one.state]),
    );
  const items = async (id: string) => {
    const page = await campaigns.page(
      ...([id, { limit: 200 }, 'everything', clock()] as const),
    );
    return page.items;
  };
  return {
    ...all,
    ...{ campaigns, runner, campaign: service, openCampaigns, work, hints },
    ...{ standings, items },
  };
}

export const DRAFT = {
  ...{ title: 'A licence for all', playbookId: 'mend' },
  scope: { owners: [], systems: [], repositories: [], when: null },
  waves: [{ repositories: 1 }, { share: 0.5 }, { share: 1 }],
  ...{ order: 'name' as const, mostFailures: 0.1 },
};
