import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  CopyableConfig,
  StatePanel,
  useLivePlaybooks,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const PLAYBOOK_LINES = `fettle:
  playbooks:
    fix-vulnerable-packages:
      title: Update packages with known vulnerabilities
      trigger: { on: finding, with: { kinds: [vulnerability], severities: [critical, high] } }
      condition: finding.fixedIn.size() > 0
      steps:
        - { id: update, uses: update-dependency }
      level: propose # observe | propose | enforce
      approval: { by: 1 }`;

/** Where there is no playbook: what one would do, and the lines that make one. */
export function EmptyAutomation() {
  const { t } = useTranslationRef(fettleTranslationRef);
  const { value } = useLivePlaybooks();
  if (!value || value.items.length > 0) return null;
  return (
    <StatePanel
      kind="empty"
      title={t('automation.emptyTitle')}
      message={t('automation.emptyWhat')}
    >
      <CopyableConfig text={PLAYBOOK_LINES} />
    </StatePanel>
  );
}
