import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Automation } from 'backstage-plugin-fettle-common';
import { Section, StatusIcon } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: { padding: theme.spacing(0.25, 0), overflowWrap: 'anywhere' },
    active: { fontWeight: 600 },
    quiet: {
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
      margin: 0,
    },
  }),
  { name: 'FettleFreezeSection' },
);

/** Windows in which nothing is changed; the one that is open now is said first. */
export function FreezeSection({ automation }: { automation: Automation }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const freezes = [...automation.freezes].sort(
    (a, b) => Number(b.active) - Number(a.active),
  );
  return (
    <Section title={t('automation.freezes')}>
      {freezes.length === 0 ? (
        <p className={classes.quiet}>{t('automation.noFreezes')}</p>
      ) : (
        <ul className={classes.list}>
          {freezes.map(({ title, from, to, timeZone, active }) => (
            <li key={`${title} ${from}`} className={classes.item}>
              <span className={active ? classes.active : undefined}>
                {active && <StatusIcon status="warn" />}{' '}
                {active ? t('automation.freezeNow', { title }) : title}
              </span>{' '}
              <span className={classes.quiet}>
                {from.replace('T', ' ')} – {to.replace('T', ' ')}, {timeZone}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
