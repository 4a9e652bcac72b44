import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  PlaybookLevel,
  RemediationState,
} from 'backstage-plugin-fettle-common';
import { formatDuration } from '../widgets/formatDuration';
import { tones } from '../widgets/tones';
import { fettleReactTranslationRef } from '../widgets/translation';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        display: 'flex',
        flexWrap: 'wrap',
        gap: theme.spacing(0.75, 0),
        margin: 0,
        padding: 0,
        listStyle: 'none',
        fontSize: '0.8125rem',
      },
      step: {
        display: 'inline-flex',
        alignItems: 'center',
        color: theme.palette.text.secondary,
        '&:not(:last-child)::after': {
          content: '"→"',
          margin: theme.spacing(0, 1),
          color: theme.palette.text.secondary,
        },
      },
      word: {
        padding: theme.spacing(0.125, 1),
        borderRadius: 10,
        boxShadow: `inset 0 0 0 1px ${theme.palette.divider}`,
      },
      done: { color: tone.good, boxShadow: `inset 0 0 0 1px ${tone.good}` },
      now: {
        color: tone.accent,
        fontWeight: 600,
        boxShadow: `inset 0 0 0 2px ${tone.accent}`,
      },
    };
  },
  { name: 'FettleThenLine' },
);

type Step =
  | 'nothing'
  | 'act'
  | 'open'
  | 'checks'
  | 'person'
  | 'merge'
  | 'scan'
  | 'hold'
  | 'healed';

/** Which steps are behind it, and which one it is at, by state; states that are another end have none. */
const AT: Partial<Record<RemediationState, Step>> = {
  applying: 'open',
  settling: 'scan',
  verifying: 'hold',
  healed: 'healed',
};

/** What there is to be done, in order. */
function stepsOf(plan: {
  level: PlaybookLevel;
  files: boolean;
  hold: boolean;
}): Step[] {
  if (plan.level === 'observe') return ['nothing'];
  const end: Step[] = plan.hold
    ? ['scan', 'hold', 'healed']
    : ['scan', 'healed'];
  if (!plan.files) return ['act', ...end];
  if (plan.level === 'enforce') return ['open', 'checks', 'merge', ...end];
  return ['open', 'checks', 'person', ...end];
}

/**
 * What happens once a plan is applied, step by step, and where its remediation
 * is on that way.
 *
 * @public
 */
export function ThenLine(props: {
  level: PlaybookLevel;
  /** Whether files are changed, so that a change is opened. */
  files: boolean;
  /** How long it must stay right; null where that is not known. */
  holdSeconds: number | null;
  state?: RemediationState;
  checks?: 'passed' | 'pending' | 'other';
}) {
  const { level, files, holdSeconds, state, checks } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const steps = stepsOf({ level, files, hold: holdSeconds !== 0 });
  let at = state && AT[state];
  if (state === 'open') {
    const merges = level === 'enforce' ? 'merge' : 'person';
    at = checks === 'passed' ? merges : 'checks';
  }
  if (at === 'open' && !files) at = 'act';
  const index = at ? steps.indexOf(at) : -1;
  const word = (step: Step) =>
    step === 'hold' && holdSeconds !== null
      ? t('automation.then.holdFor', { span: formatDuration(holdSeconds) })
      : t(`automation.then.${step}`);
  const look = (step: Step, n: number) => {
    if (index < 0) return '';
    if (n < index || step === 'healed') return n <= index ? classes.done : '';
    return n === index ? classes.now : '';
  };
  return (
    <ol className={classes.root} aria-label={t('automation.then.label')}>
      {steps.map((step, n) => (
        <li
          key={step}
          className={classes.step}
          aria-current={n === index ? 'step' : undefined}
        >
          <span className={`${classes.word} ${look(step, n)}`}>
            {index >= 0 && n < index && <span aria-hidden="true">✓ </span>}
            {word(step)}
          </span>
        </li>
      ))}
    </ol>
  );
}
