import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { policyReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  LiveMark,
  Section,
  useLivePolicies,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { SecuritySkeleton } from '../tab/SecuritySkeleton';
import { fettleSecurityTranslationRef } from '../translation';
import { PolicyList } from './PolicyList';
import { NO_DRAFT, ReplaySection, type Draft } from './ReplaySection';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
    },
  }),
  { name: 'FettlePoliciesPage' },
);

/** How the fleet keeps its policies, and what a draft would say. */
export function PoliciesPage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { value, error, live, retry } = useLivePolicies();
  const [draft, setDraft] = useState<Draft>(NO_DRAFT);
  return (
    <div className={classes.root}>
      <div>
        <Link to="..">{t('page.title')}</Link>
      </div>
      {!value && error && (
        <ErrorPanel
          error={error}
          permission={policyReadPermission.name}
          since={live.since.toISOString()}
          onRetry={retry}
        />
      )}
      {!value && !error && <SecuritySkeleton />}
      {value && (
        <>
          <Section
            title={t('policies.title')}
            aside={<LiveMark live={live} onRetry={retry} />}
            flush
          >
            <PolicyList
              policies={value}
              onTry={
                value.can.replay
                  ? ({ condition, scope }) => setDraft({ condition, scope })
                  : undefined
              }
            />
          </Section>
          <ReplaySection
            draft={draft}
            onChange={setDraft}
            allowed={value.can.replay}
          />
        </>
      )}
    </div>
  );
}
