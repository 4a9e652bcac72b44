import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { SuccessRate } from 'backstage-plugin-fettle-common';
import { StatusIcon } from '../widgets/StatusIcon';
import { hatching, tones } from '../widgets/tones';
import { fettleReactTranslationRef } from '../widgets/translation';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: { display: 'grid', gap: theme.spacing(0.5), minWidth: 0 },
      line: {
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'baseline',
        gap: theme.spacing(0, 1),
        fontVariantNumeric: 'tabular-nums',
      },
      rate: { fontSize: '1.375rem', fontWeight: 600, lineHeight: 1.2 },
      small: { fontSize: '0.9375rem', fontWeight: 600 },
      quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
      track: {
        position: 'relative',
        height: 10,
        maxWidth: 320,
        borderRadius: 3,
        background: theme.palette.action.hover,
        boxShadow: `inset 0 0 0 1px ${theme.palette.divider}`,
      },
      unknown: { backgroundImage: hatching(theme), opacity: 0.6 },
      interval: {
        position: 'absolute',
        top: 2,
        bottom: 2,
        borderRadius: 2,
        background: tone.accent,
        opacity: 0.4,
      },
      point: {
        position: 'absolute',
        top: 0,
        bottom: 0,
        width: 3,
        marginLeft: -1.5,
        background: tone.accent,
      },
      bad: { color: tone.bad },
    };
  },
  { name: 'FettleSuccessFigure' },
);

function percent(share: number): string {
  // Nearly all is not all, and nearly nothing is not nothing.
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return '99';
  if (rounded === 0 && share > 0) return '1';
  return String(rounded);
}

/**
 * A success rate and what belongs to it: its interval, of how many, what was
 * called healed too early, and how much of all problems it is about.
 *
 * @public
 */
export function SuccessFigure(props: {
  success: SuccessRate;
  compact?: boolean;
}) {
  const { success, compact } = props;
  const { rate, low, high, problems, healed, falseHeals, coverage } = success;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const known = rate !== null && low !== null && high !== null;
  const covered =
    coverage === null
      ? null
      : t('automation.success.coverage', { n: percent(coverage) });
  return (
    <div className={classes.root} title={t('automation.success.definition')}>
      <div className={classes.line}>
        {known ? (
          <>
            <span className={compact ? classes.small : classes.rate}>
              {t('automation.success.percent', { n: percent(rate) })}
            </span>
            <span className={classes.quiet}>
              {t('automation.success.interval', {
                low: percent(low),
                high: percent(high),
              })}
            </span>
          </>
        ) : (
          <span className={classes.quiet}>{t('automation.success.none')}</span>
        )}
      </div>
      {!compact && (
        <div
          className={`${classes.track} ${known ? '' : classes.unknown}`}
          aria-hidden="true"
        >
          {known && (
            <>
              <span
                className={classes.interval}
                style={{ left: `${low * 100}%`, right: `${100 - high * 100}%` }}
              />
              <span
                className={classes.point}
                style={{ left: `${rate * 100}%` }}
              />
            </>
          )}
        </div>
      )}
      <div className={`${classes.line} ${classes.quiet}`}>
        {known && (
          <span>
            {t('automation.success.of', {
              healed: healed.toLocaleString(),
              problems: problems.toLocaleString(),
            })}
          </span>
        )}
        {(known || falseHeals > 0) && (
          <span className={falseHeals > 0 ? classes.bad : undefined}>
            {falseHeals > 0 && <StatusIcon status="fail" />}{' '}
            {t('automation.success.falseHeals', { count: falseHeals })}
          </span>
        )}
        {covered && <span>{covered}</span>}
      </div>
    </div>
  );
}
