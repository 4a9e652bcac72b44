import {
  AUTOMATION_SCOPE,
  campaignScope,
} from 'backstage-plugin-fettle-common';
import type { LivePublisher } from '../live/LivePublisher';

/** Tells open pages what becomes of campaigns. */
export class CampaignNews {
  constructor(private readonly live: Pick<LivePublisher, 'hint'>) {}

  changed({ id, revision }: { id: string; revision: number }): void {
    this.live.hint(campaignScope(id), revision);
    this.live.hint(AUTOMATION_SCOPE, revision);
  }
}
