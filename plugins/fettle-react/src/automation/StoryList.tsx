import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RemediationEvent } from 'backstage-plugin-fettle-common';
import { safeUrl } from '../widgets/PlaceLink';
import { tones } from '../widgets/tones';
import { fettleReactTranslationRef } from '../widgets/translation';
import { Actor } from './Actor';
import { Moment } from './Moment';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    const dot = (colour: string) => ({ '&::before': { background: colour } });
    return {
      list: { margin: 0, padding: theme.spacing(0, 2, 1.5), listStyle: 'none' },
      item: {
        position: 'relative',
        display: 'grid',
        gridTemplateColumns: '7.5em minmax(0, 1fr)',
        gap: theme.spacing(0, 1.5),
        padding: theme.spacing(0.5, 0, 0.5, 2.5),
        overflowWrap: 'anywhere',
        '&::before': {
          content: '""',
          position: 'absolute',
          left: 3,
          top: '0.95em',
          width: 9,
          height: 9,
          borderRadius: '50%',
          background: theme.palette.text.secondary,
        },
        '&:not(:last-child)::after': {
          content: '""',
          position: 'absolute',
          left: 7,
          top: '1.7em',
          bottom: '-0.8em',
          width: 1,
          background: theme.palette.divider,
        },
        [theme.breakpoints.down('xs')]: {
          gridTemplateColumns: 'minmax(0, 1fr)',
        },
      },
      good: dot(tone.good),
      bad: dot(tone.bad),
      warn: dot(tone.warn),
      time: {
        color: theme.palette.text.secondary,
        fontSize: '0.8125rem',
        fontVariantNumeric: 'tabular-nums',
      },
      quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    };
  },
  { name: 'FettleStoryList' },
);

const TONES: Record<string, 'good' | 'bad' | 'warn'> = {
  healed: 'good',
  merged: 'good',
  verified: 'good',
  recovered: 'good',
  failed: 'bad',
  reverted: 'bad',
  blocked: 'warn',
  escalated: 'warn',
  delayed: 'warn',
};

/** What happened in a remediation, oldest first. */
export function StoryList(props: { story: readonly RemediationEvent[] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return (
    <ol className={classes.list}>
      {props.story.map(({ at, event, message, stepId, actor, url }, index) => {
        const tone = TONES[event];
        const page = safeUrl(url);
        return (
          <li
            key={index}
            className={`${classes.item} ${tone ? classes[tone] : ''}`}
            data-event={event}
          >
            <span className={classes.time}>
              <Moment at={at} />
            </span>
            <span>
              {message}{' '}
              {page && <Link to={page}>{t('automation.story.link')}</Link>}
              {(actor || stepId) && (
                <span className={classes.quiet}>
                  {' '}
                  {stepId && <code>{stepId}</code>}
                  {actor && (
                    <>
                      {' · '}
                      <Actor actor={actor} />
                    </>
                  )}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
