import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { SourceStatus } from 'backstage-plugin-fettle-common';
import { Section } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { DeliveryFacts } from './DeliveryFacts';
import { HostTable } from './HostTable';
import { ReconcileFacts } from './ReconcileFacts';

const useStyles = makeStyles(
  theme => ({
    parts: {
      display: 'grid',
      gap: theme.spacing(2, 4),
      gridTemplateColumns: 'minmax(0, 1fr)',
      [theme.breakpoints.up('md')]: {
        gridTemplateColumns: 'minmax(0, 4fr) minmax(0, 3fr)',
      },
      padding: theme.spacing(0, 2, 1.5),
    },
    name: {
      margin: theme.spacing(0, 0, 0.75),
      fontSize: '0.8125rem',
      fontWeight: 600,
    },
  }),
  { name: 'FettleSourceSection' },
);

/** One source: what it delivers, what it is asked, and what its hosts allow. */
export function SourceSection(props: { source: SourceStatus }) {
  const { source } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  return (
    <Section title={source.title} flush>
      <div className={classes.parts}>
        <div>
          <h3 className={classes.name}>{t('sources.delivers')}</h3>
          <DeliveryFacts source={source} />
        </div>
        <div>
          <h3 className={classes.name}>{t('sources.asked')}</h3>
          <ReconcileFacts reconcile={source.reconcile} />
        </div>
      </div>
      {source.hosts.length > 0 && (
        <HostTable
          hosts={source.hosts}
          label={t('sources.hostsOf', { source: source.title })}
        />
      )}
    </Section>
  );
}
