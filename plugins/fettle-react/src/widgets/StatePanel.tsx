import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { Age } from './Age';
import { StatusIcon } from './StatusIcon';
import { hatching, tones } from './tones';
import { TextButton } from './TextButton';
import { fettleReactTranslationRef } from './translation';

/**
 * Why something is not there, or not as it should be.
 *
 * @public
 */
export type StatePanelKind =
  | 'empty'
  | 'pending'
  | 'failing'
  | 'forbidden'
  | 'stale'
  | 'problem';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    const edge = (colour: string) => ({ borderLeftColor: colour });
    return {
      root: {
        display: 'grid',
        gridTemplateColumns: 'auto minmax(0, 1fr)',
        gap: theme.spacing(0.5, 1.5),
        padding: theme.spacing(1.5, 2),
        border: `1px solid ${theme.palette.divider}`,
        borderLeft: '4px solid',
        borderRadius: 8,
        background: theme.palette.background.paper,
        overflowWrap: 'anywhere',
      },
      empty: edge(theme.palette.divider),
      pending: edge(tone.accent),
      failing: edge(tone.bad),
      forbidden: edge(tone.warn),
      problem: edge(tone.warn),
      stale: {
        borderLeft: 0,
        position: 'relative',
        paddingLeft: theme.spacing(2.5),
        '&::before': {
          content: '""',
          position: 'absolute',
          left: 0,
          top: 0,
          bottom: 0,
          width: 6,
          borderRadius: '8px 0 0 8px',
          background: hatching(theme),
        },
      },
      icon: { fontSize: '1.1rem', lineHeight: 1.4 },
      title: { margin: 0, fontSize: '1rem', fontWeight: 600, lineHeight: 1.4 },
      body: {
        gridColumn: 2,
        display: 'flex',
        flexDirection: 'column',
        gap: theme.spacing(1),
        alignItems: 'flex-start',
        '& > *': { maxWidth: '100%' },
      },
      message: { margin: 0, maxWidth: 720 },
      facts: {
        margin: 0,
        display: 'grid',
        gridTemplateColumns: 'auto minmax(0, 1fr)',
        gap: theme.spacing(0.25, 2),
        '& dt': { color: theme.palette.text.secondary },
        '& dd': { margin: 0 },
      },
    };
  },
  { name: 'FettleStatePanel' },
);

const ICON = {
  empty: 'not-applicable',
  pending: 'unknown',
  failing: 'fail',
  forbidden: 'warn',
  stale: 'unknown',
  problem: 'warn',
} as const;

/**
 * An empty, pending, failing, forbidden or stale state in words: what is the
 * matter, since when, what was last known, and what to do.
 *
 * @public
 */
export function StatePanel(props: {
  kind: StatePanelKind;
  title: ReactNode;
  message?: ReactNode;
  /** Which source, for example the remote. */
  source?: ReactNode;
  /** ISO 8601. */
  since?: string | null;
  lastKnown?: ReactNode;
  /** What to do, in the imperative. */
  action?: ReactNode;
  permission?: string;
  onRetry?: () => void;
  children?: ReactNode;
}) {
  const { kind } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const facts: [string, ReactNode][] = [
    [t('panel.source'), props.source],
    [t('panel.since'), props.since ? <Age at={props.since} /> : undefined],
    [t('panel.lastKnown'), props.lastKnown],
    [
      t('panel.permission'),
      props.permission ? <code>{props.permission}</code> : undefined,
    ],
    [t('panel.todo'), props.action],
  ];
  const told = facts.filter(([, value]) => value !== undefined);
  return (
    <div
      className={`${classes.root} ${classes[kind]}`}
      role={kind === 'failing' || kind === 'forbidden' ? 'alert' : 'status'}
      data-kind={kind}
    >
      <span className={classes.icon}>
        <StatusIcon status={ICON[kind]} />
      </span>
      <h2 className={classes.title}>{props.title}</h2>
      <div className={classes.body}>
        {props.message !== undefined && (
          <p className={classes.message}>{props.message}</p>
        )}
        {told.length > 0 && (
          <dl className={classes.facts}>
            {told.map(([name, value]) => (
              <Fact key={name} name={name} value={value} />
            ))}
          </dl>
        )}
        {props.children}
        {props.onRetry && (
          <TextButton variant="outlined" onClick={props.onRetry}>
            {t('panel.retry')}
          </TextButton>
        )}
      </div>
    </div>
  );
}

function Fact(props: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </>
  );
}
