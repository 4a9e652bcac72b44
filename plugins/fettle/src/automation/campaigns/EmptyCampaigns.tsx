import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  CopyableConfig,
  StatePanel,
  useLivePlaybooks,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../../translation';

/** The lines that let a playbook act, whichever there is. */
function linesFor(playbookId: string): string {
  return `fettle:
  playbooks:
    ${playbookId}:
      level: propose # observe | propose | enforce`;
}

const NEW_PLAYBOOK = `fettle:
  playbooks:
    follow-standards:
      title: Bring repositories to the standard
      trigger: { on: drift }
      steps:
        - { id: apply, uses: apply-standard }
      level: propose # observe | propose | enforce`;

/** Where there is no campaign: what one would do, and what it needs first. */
export function EmptyCampaigns() {
  const { t } = useTranslationRef(fettleTranslationRef);
  const { value } = useLivePlaybooks();
  const playbooks = value?.items.map(({ playbook }) => playbook) ?? [];
  const acts = playbooks.some(({ level }) => level !== 'observe');
  // The level of one that ships with the suite, or is in config, is set there.
  const raised = playbooks.find(({ origin }) => origin.kind === 'built-in');
  return (
    <StatePanel
      kind="empty"
      title={t('campaign.emptyTitle')}
      message={t('campaign.emptyWhat')}
    >
      {value && !acts && (
        <>
          <div>{t('campaign.emptyConfig')}</div>
          <CopyableConfig text={raised ? linesFor(raised.id) : NEW_PLAYBOOK} />
        </>
      )}
    </StatePanel>
  );
}
