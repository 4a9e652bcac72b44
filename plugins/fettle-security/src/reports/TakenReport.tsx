import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ReportAccepted } from 'backstage-plugin-fettle-common';
import { StatusIcon } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1), overflowWrap: 'anywhere' },
    title: { display: 'flex', gap: theme.spacing(1), fontWeight: 600 },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'FettleTakenReport' },
);

/** What came of a report that was taken. */
export function TakenReport({ taken }: { taken: ReportAccepted }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { changes, components, falsePositives, findings, problems } = taken;
  const counted = (
    [
      ['opened', changes.opened],
      ['known', changes.known],
      ['fixed', changes.fixed],
      ['falsePositives', falsePositives],
      ['components', components],
    ] as const
  ).filter(
    ([name, count]) =>
      count > 0 || (findings > 0 && ['opened', 'known'].includes(name)),
  );
  const words = counted.map(([name, count]) => t(`upload.${name}`, { count }));
  return (
    <div className={classes.root} role="status">
      <span className={classes.title}>
        <StatusIcon status="pass" />
        {t('upload.taken', { observer: taken.observer })}
      </span>
      <span>{words.join(' · ') || t('upload.nothing')}</span>
      {problems.length > 0 && (
        <>
          <span>{t('upload.problems')}</span>
          <ul className={classes.list}>
            {problems.map(({ path, message, action }) => (
              <li key={`${path} ${message}`}>
                {message} {action}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
