import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RunState } from 'backstage-plugin-fettle-common';
import { RunStateIcon } from './RunStateIcon';
import { tones } from './tones';
import { fettleReactTranslationRef } from './translation';
import { VisuallyHidden } from './VisuallyHidden';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        display: 'inline-flex',
        alignItems: 'center',
        gap: '0.4em',
        whiteSpace: 'nowrap',
      },
      queued: { color: tone.unknown },
      waiting: { color: tone.warn },
      running: { color: tone.accent },
      succeeded: { color: tone.good },
      failed: { color: tone.bad },
      cancelled: { color: tone.unknown },
      skipped: { color: tone.unknown },
      unknown: { color: tone.unknown },
    };
  },
  { name: 'FettleRunStateMark' },
);

/**
 * The state of a run, job or step: shape, word and colour.
 *
 * @public
 */
export function RunStateMark(props: {
  state: RunState;
  /** The host's own word; shown where `state` is `unknown`, else on hover. */
  hostState?: string | null;
  /** Shape alone; the word is only said. */
  compact?: boolean;
}) {
  const { state, hostState, compact } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const own = hostState && hostState !== state ? hostState : undefined;
  const word =
    state === 'unknown' && own
      ? t('run.unknownAs', { word: own })
      : t(`run.${state}`);
  return (
    <span
      className={`${classes.root} ${classes[state]}`}
      title={own && t('run.hostSays', { word: own })}
    >
      <RunStateIcon state={state} />
      {compact ? <VisuallyHidden>{word}</VisuallyHidden> : <span>{word}</span>}
    </span>
  );
}
