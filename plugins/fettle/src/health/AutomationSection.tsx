import { useApiHolder } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { playbookReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleAutomationApiRef,
  Section,
  useLiveRemediations,
} from 'backstage-plugin-fettle-react';
import { RemediationRow } from '../automation/RemediationRow';
import { fettleTranslationRef } from '../translation';

const SHOWN = 5;

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    error: { padding: theme.spacing(0, 2, 1.5) },
  }),
  { name: 'FettleAutomationSection' },
);

/** What automation does in a repository; nothing where it does nothing. */
export function AutomationSection(props: { repositoryId: string }) {
  const api = useApiHolder().get(fettleAutomationApiRef);
  return api ? <Known {...props} /> : null;
}

function Known({ repositoryId }: { repositoryId: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { value, error, live, retry } = useLiveRemediations(repositoryId, {
    limit: SHOWN,
  });
  const failed = !value && error;
  const items = value?.items ?? [];
  if (!failed && items.length === 0) return null;
  return (
    <Section title={t('automation.section')} flush>
      {failed && (
        <div className={classes.error}>
          <ErrorPanel
            error={failed}
            permission={playbookReadPermission.name}
            since={live.since.toISOString()}
            onRetry={retry}
          />
        </div>
      )}
      <ul className={classes.list}>
        {items.map(remediation => (
          <RemediationRow
            key={remediation.id}
            remediation={remediation}
            narrow
          />
        ))}
      </ul>
    </Section>
  );
}
