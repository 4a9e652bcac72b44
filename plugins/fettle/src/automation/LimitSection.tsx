import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Automation } from 'backstage-plugin-fettle-common';
import { LimitBar, Section, TextButton } from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettleTranslationRef } from '../translation';

/** Those that are used most are shown first. */
const FIRST = 6;

const useStyles = makeStyles(
  theme => ({
    list: { display: 'grid', gap: theme.spacing(1.25) },
    quiet: { color: theme.palette.text.secondary, margin: 0 },
  }),
  { name: 'FettleLimitSection' },
);

/** How much of each limit is used. */
export function LimitSection({ automation }: { automation: Automation }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const [all, setAll] = useState(false);
  // Those of the whole fleet first, then whatever is nearest to its end.
  const rank = (of: string) => (of === 'fleet' ? 0 : 1);
  const sorted = [...automation.limits].sort(
    (a, b) => rank(a.of) - rank(b.of) || b.used / b.most - a.used / a.most,
  );
  const shown = all ? sorted : sorted.slice(0, FIRST);
  return (
    <Section title={t('automation.limits')}>
      {sorted.length === 0 ? (
        <p className={classes.quiet}>{t('automation.noLimits')}</p>
      ) : (
        <div className={classes.list}>
          {shown.map(use => (
            <LimitBar
              key={`${use.of} ${use.limit}`}
              use={use}
              label={use.of === 'fleet' ? t('automation.fleet') : use.of}
            />
          ))}
          {sorted.length > FIRST && (
            <div>
              <TextButton
                color="primary"
                aria-expanded={all}
                onClick={() => setAll(was => !was)}
              >
                {all
                  ? t('automation.fewerLimits')
                  : t('automation.allLimits', { n: String(sorted.length) })}
              </TextButton>
            </div>
          )}
        </div>
      )}
    </Section>
  );
}
