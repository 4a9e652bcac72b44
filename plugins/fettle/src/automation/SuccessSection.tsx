import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Automation } from 'backstage-plugin-fettle-common';
import { Section, SuccessFigure } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    list: { display: 'grid', gap: theme.spacing(1.25), margin: 0 },
    host: { overflowWrap: 'anywhere', color: theme.palette.text.secondary },
    figure: { margin: 0 },
  }),
  { name: 'FettleSuccessSection' },
);

/** How well it works, by host. */
export function SuccessSection({ automation }: { automation: Automation }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  if (automation.successByHost.length === 0) return null;
  return (
    <Section title={t('automation.successByHost')}>
      <dl className={classes.list}>
        {automation.successByHost.map(({ host, success }) => (
          <div key={host}>
            <dt className={classes.host}>{host}</dt>
            <dd className={classes.figure}>
              <SuccessFigure success={success} compact />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
