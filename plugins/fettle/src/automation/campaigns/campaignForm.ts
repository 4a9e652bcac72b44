import type { CampaignRequest } from 'backstage-plugin-fettle-common';
import { parseWaves } from './parseWaves';

const LEAST_TITLE = 3;

/** What a person writes of a new campaign. */
export interface CampaignForm {
  title: string;
  playbookId: string;
  owners: string;
  systems: string;
  repositories: string;
  when: string;
  waves: string;
  order: CampaignRequest['order'];
  /** Percent of a wave. */
  most: string;
}

export function emptyForm(playbookId: string): CampaignForm {
  return {
    ...{ title: '', playbookId, owners: '', systems: '', repositories: '' },
    ...{ when: '', waves: '1, 5 %, 25 %, 100 %', order: 'name', most: '10' },
  };
}

/** From 0 to 1; undefined where it makes no sense. */
export function readMost(text: string): number | undefined {
  const percent = Number(text.trim().replace(/\s*%$/, ''));
  const right = text.trim() !== '' && percent >= 0 && percent <= 100;
  return right ? percent / 100 : undefined;
}

/** What is asked for; undefined while something is missing or wrong. */
export function toRequest(form: CampaignForm): CampaignRequest | undefined {
  const waves = parseWaves(form.waves);
  const mostFailures = readMost(form.most);
  const title = form.title.trim();
  const { playbookId, order } = form;
  if (!waves || mostFailures === undefined || !playbookId) return undefined;
  if (title.length < LEAST_TITLE) return undefined;
  return {
    ...{ title, playbookId, waves, order, mostFailures },
    scope: {
      owners: parts(form.owners),
      systems: parts(form.systems),
      repositories: parts(form.repositories),
      when: form.when.trim() || null,
    },
  };
}

function parts(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map(part => part.trim())
    .filter(Boolean);
}
