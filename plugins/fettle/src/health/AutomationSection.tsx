import { useApiHolder } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  playbookReadPermission,
  type Drift,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleAutomationApiRef,
  Section,
  StatusIcon,
  useLiveRemediations,
  useLiveRepositoryStandards,
} from 'backstage-plugin-fettle-react';
import { RemediationRow } from '../automation/RemediationRow';
import { fettleTranslationRef } from '../translation';

const SHOWN = 5;

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    drift: {
      padding: theme.spacing(0.75, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
      overflowWrap: 'anywhere',
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    error: { padding: theme.spacing(0, 2, 1.5) },
  }),
  { name: 'FettleAutomationSection' },
);

/** What automation does in a repository, and where that differs from its standards; nothing where there is neither. */
export function AutomationSection(props: { repositoryId: string }) {
  const api = useApiHolder().get(fettleAutomationApiRef);
  return api ? <Known {...props} /> : null;
}

function Known({ repositoryId }: { repositoryId: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const remediations = useLiveRemediations(repositoryId, { limit: SHOWN });
  const standards = useLiveRepositoryStandards(repositoryId);
  const failed = [remediations, standards].find(
    ({ value, error }) => !value && error,
  );
  const items = remediations.value?.items ?? [];
  const drifts = (standards.value?.items ?? []).filter(
    ({ state }) => state === 'drifted' || state === 'unknown',
  );
  if (!failed && items.length === 0 && drifts.length === 0) return null;
  return (
    <Section title={t('automation.section')} flush>
      {failed?.error && (
        <div className={classes.error}>
          <ErrorPanel
            error={failed.error}
            permission={playbookReadPermission.name}
            since={failed.live.since.toISOString()}
            onRetry={failed.retry}
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
        {drifts.map(drift => (
          <li key={drift.standardId} className={classes.drift}>
            <DriftLine drift={drift} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function DriftLine({ drift }: { drift: Drift }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { standardTitle: title, version, state, files, settings } = drift;
  const what =
    state === 'unknown'
      ? [drift.reason?.message ?? t('automation.driftUnknown')]
      : [
          files.length > 0 &&
            t('automation.driftFiles', { count: files.length }),
          settings.length > 0 &&
            t('automation.driftSettings', { count: settings.length }),
        ].filter(Boolean);
  return (
    <>
      <StatusIcon status={state === 'drifted' ? 'warn' : 'unknown'} />{' '}
      {t('automation.drifted', { title, version })}{' '}
      <span className={classes.quiet}>{what.join(' · ')}</span>
    </>
  );
}
