import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  PlanState,
  RemediationState,
} from 'backstage-plugin-fettle-common';
import { tones } from '../widgets/tones';
import { fettleReactTranslationRef } from '../widgets/translation';
import {
  PLAN_SHAPES,
  REMEDIATION_SHAPES,
  type AutomationShape,
} from './automationShapes';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: '0.4em',
      whiteSpace: 'nowrap',
    },
    icon: {
      width: '1.15em',
      height: '1.15em',
      flex: 'none',
      overflow: 'visible',
      '--fettle-glyph': theme.palette.background.paper,
    },
    good: { color: tones(theme).good },
    warn: { color: tones(theme).warn },
    bad: { color: tones(theme).bad },
    unknown: { color: tones(theme).unknown },
    accent: { color: tones(theme).accent },
    turning: {
      transformOrigin: '8px 8px',
      '@media (prefers-reduced-motion: no-preference)': {
        animation: '$turn 2.4s linear infinite',
      },
    },
    '@keyframes turn': { to: { transform: 'rotate(360deg)' } },
  }),
  { name: 'FettleAutomationMark' },
);

/** A state as shape, word and colour. */
export function Mark(props: {
  of: AutomationShape;
  state: string;
  word: string;
}) {
  const { of, state, word } = props;
  const classes = useStyles();
  return (
    <span className={`${classes.root} ${classes[of.tone]}`} data-state={state}>
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        focusable="false"
        className={classes.icon}
      >
        <g className={of.turns ? classes.turning : undefined}>{of.shape}</g>
      </svg>
      <span>{word}</span>
    </span>
  );
}

/**
 * Where a remediation stands: shape, word and colour.
 *
 * @public
 */
export function RemediationStateMark(props: { state: RemediationState }) {
  const { state } = props;
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const word = t(`automation.remediationState.${state}`);
  return <Mark of={REMEDIATION_SHAPES[state]} state={state} word={word} />;
}

/**
 * Where a plan stands: shape, word and colour.
 *
 * @public
 */
export function PlanStateMark(props: { state: PlanState }) {
  const { state } = props;
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const word = t(`automation.planState.${state}`);
  return <Mark of={PLAN_SHAPES[state]} state={state} word={word} />;
}
