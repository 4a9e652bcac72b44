import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Campaign } from 'backstage-plugin-fettle-common';
import {
  CampaignStateMark,
  Section,
  tones,
  WaveStateMark,
} from 'backstage-plugin-fettle-react';
import { Fragment } from 'react';
import { fettleTranslationRef } from '../../translation';
import { CampaignCountsLine } from './CampaignCountsLine';
import { failuresOf } from './campaignNumbers';
import { CampaignProgress } from './CampaignProgress';

const useStyles = makeStyles(
  theme => ({
    row: {
      display: 'flex',
      alignItems: 'stretch',
      gap: theme.spacing(1),
      margin: 0,
      padding: theme.spacing(0, 2, 1.5),
      listStyle: 'none',
      overflowX: 'auto',
      [theme.breakpoints.down('xs')]: {
        flexDirection: 'column',
        overflowX: 'visible',
      },
    },
    stage: {
      flex: '1 1 0',
      minWidth: 148,
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      alignContent: 'start',
      gap: theme.spacing(0.75),
      padding: theme.spacing(1, 1.25),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
    },
    now: { boxShadow: `inset 0 3px 0 ${tones(theme).accent}` },
    bad: { boxShadow: `inset 0 3px 0 ${tones(theme).bad}` },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      gap: theme.spacing(0, 1),
    },
    name: { fontWeight: 600, whiteSpace: 'nowrap' },
    quiet: {
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
      fontVariantNumeric: 'tabular-nums',
    },
    gate: {
      flex: '0 1 6.5em',
      minWidth: '4.5em',
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'center',
      justifyContent: 'center',
      gap: 4,
      textAlign: 'center',
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
      [theme.breakpoints.down('xs')]: { flex: 'none', flexDirection: 'row' },
    },
    icon: { width: 28, height: 20, flex: 'none' },
    open: { color: tones(theme).good },
    shut: { color: tones(theme).bad },
    waiting: {},
    none: {
      color: theme.palette.text.secondary,
      padding: theme.spacing(0, 2, 1.5),
    },
  }),
  { name: 'FettleCampaignWaves' },
);

type Wave = Campaign['waves'][number];

/** The waves in their order, and what has to be true before the next begins. */
export function CampaignWaves({ campaign }: { campaign: Campaign }) {
  const { waves, state } = campaign;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  return (
    <Section title={t('campaign.wavesTitle')} flush>
      {waves.length === 0 ? (
        <div className={classes.none}>
          {t(state === 'planning' ? 'campaign.wavesLater' : 'campaign.noWave')}
        </div>
      ) : (
        <ol className={classes.row}>
          {waves.map((wave, index) => (
            <Fragment key={wave.number}>
              <Stage wave={wave} cancelled={state === 'cancelled'} />
              {index < waves.length - 1 && (
                <Gate
                  wave={wave}
                  next={waves[index + 1]}
                  cancelled={state === 'cancelled'}
                />
              )}
            </Fragment>
          ))}
        </ol>
      )}
    </Section>
  );
}

function hasFailed({ counts }: Pick<Wave, 'counts'>): boolean {
  return counts.failed + counts.impossible > 0;
}

/** A person ended the campaign, and with it what this wave had begun: that is no failure. */
function wasEnded({ state, counts }: Wave, cancelled: boolean): boolean {
  const ends = state !== 'done' && state !== 'waiting';
  return cancelled && ends && !hasFailed({ counts });
}

function Stage(props: { wave: Wave; cancelled: boolean }) {
  const { wave, cancelled } = props;
  const { number, state, counts } = wave;
  const ended = wasEnded(wave, cancelled);
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const edge = {
    ...{ running: classes.now, verifying: classes.now },
    failed: classes.bad,
  };
  return (
    <li
      className={`${classes.stage} ${
        ended ? '' : edge[state as keyof typeof edge] ?? ''
      }`}
      data-wave={ended ? 'cancelled' : state}
    >
      <div className={classes.head}>
        <span className={classes.name}>
          {t('campaign.stage', { n: String(number) })}
        </span>
        {ended ? (
          <CampaignStateMark state="cancelled" />
        ) : (
          <WaveStateMark state={state} />
        )}
      </div>
      <div className={classes.quiet}>
        {t('campaign.repositories', { count: counts.all })}
      </div>
      <CampaignProgress counts={counts} />
      <CampaignCountsLine counts={counts} />
    </li>
  );
}

const GATES = {
  open: 'M2 10h22m-6-6 6 6-6 6',
  shut: 'M8 3l12 14M20 3 8 17',
  waiting: 'M2 10h7m-3-3 3 3-3 3M14 2v16M19 2v16',
};

function gateState(wave: Wave, through: boolean): keyof typeof GATES {
  if (through) return 'open';
  return wave.state === 'failed' ? 'shut' : 'waiting';
}

/** Between two waves. Whether it is open is seen from the next one: it has begun, or not. */
function Gate(props: { wave: Wave; next: Wave; cancelled: boolean }) {
  const { wave, next, cancelled } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const n = String(wave.number);
  const through = next.state !== 'waiting';
  const ended = cancelled && !through && !hasFailed(wave);
  const is = ended ? 'waiting' : gateState(wave, through);
  const words = {
    open: t('campaign.gate.open'),
    shut: t('campaign.gate.shut', {
      bad: String(failuresOf(wave.counts)),
      all: String(wave.counts.all),
    }),
    waiting: ended
      ? t('campaign.gate.ended')
      : t('campaign.gate.waiting', { n }),
  };
  return (
    <li
      className={`${classes.gate} ${classes[is]}`}
      aria-label={`${t('campaign.gate.label', { n })}: ${words[is]}`}
      data-gate={is}
    >
      <svg viewBox="0 0 28 20" className={classes.icon} aria-hidden="true">
        <path
          d={GATES[is]}
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          fill="none"
        />
      </svg>
      <span>{words[is]}</span>
    </li>
  );
}
