import { useApiHolder } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { playbookReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleAutomationApiRef,
  Section,
  useLiveRepositoryStandards,
} from 'backstage-plugin-fettle-react';
import { boundBy } from '../automation/standards/driftNumbers';
import { fettleTranslationRef } from '../translation';
import { DriftItem } from './DriftItem';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    error: { padding: theme.spacing(0, 2, 1.5) },
  }),
  { name: 'FettleStandardsSection' },
);

/** How a repository stands against each standard; nothing where none is about it. */
export function StandardsSection(props: { repositoryId: string }) {
  const api = useApiHolder().get(fettleAutomationApiRef);
  return api ? <Known {...props} /> : null;
}

function Known({ repositoryId }: { repositoryId: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const list = useLiveRepositoryStandards(repositoryId);
  const { value, error, live, retry, reload } = list;
  if (!value && !error) return null;
  if (value && value.items.length === 0) return null;
  const counts = { follows: 0, drifted: 0, unknown: 0, exempt: 0 };
  value?.items.forEach(({ state }) => {
    counts[state] += 1;
  });
  return (
    <Section
      title={t('standard.section')}
      aside={
        value &&
        t('standard.sectionCounts', {
          follows: String(counts.follows),
          all: String(boundBy(counts)),
        })
      }
      flush
    >
      {!value && error && (
        <div className={classes.error}>
          <ErrorPanel
            error={error}
            permission={playbookReadPermission.name}
            since={live.since.toISOString()}
            onRetry={retry}
          />
        </div>
      )}
      {value && (
        <ul className={classes.list}>
          {value.items.map(drift => (
            <DriftItem
              key={drift.standardId}
              drift={drift}
              mayOptOut={value.can.optOut}
              onChange={reload}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}
