import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { PipelineSummary } from 'backstage-plugin-fettle-common';
import {
  RunSparkline,
  RunStateMark,
  TextButton,
  tones,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettlePipelinesTranslationRef } from '../translation';

const FIRST = 6;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      minWidth: 0,
    },
    pipeline: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      padding: theme.spacing(0.5, 1),
      borderRadius: 6,
      border: `1px solid ${theme.palette.divider}`,
      font: 'inherit',
      fontSize: '0.8125rem',
      maxWidth: '100%',
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': { outline: `2px solid ${tones(theme).accent}` },
    },
    chosen: { boxShadow: `inset 0 0 0 1px ${tones(theme).accent}` },
    name: {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
      maxWidth: 200,
    },
  }),
  { name: 'FettlePipelineStrip' },
);

/** Each pipeline with its state on the default branch and its last runs; a click narrows the list to it. */
export function PipelineStrip(props: {
  pipelines: readonly PipelineSummary[];
  chosen: readonly string[];
  onChoose: (pipelines: string[] | undefined) => void;
}) {
  const { pipelines, chosen, onChoose } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const [all, setAll] = useState(false);
  // Red ones first: they are what a reader comes for.
  const ordered = [...pipelines].sort(
    (a, b) => Number(a.green !== false) - Number(b.green !== false),
  );
  const shown = all ? ordered : ordered.slice(0, FIRST);
  return (
    <div className={classes.root} role="group" aria-label={t('tab.pipelines')}>
      {shown.map(({ id, name, latest, recent }) => {
        const pressed = chosen.includes(id);
        return (
          <ButtonBase
            key={id}
            disableRipple
            aria-pressed={pressed}
            className={`${classes.pipeline} ${pressed ? classes.chosen : ''}`}
            onClick={() => onChoose(pressed ? undefined : [id])}
          >
            <RunStateMark compact state={latest?.state ?? 'unknown'} />
            <span className={classes.name}>{name}</span>
            {recent.length > 0 && (
              <RunSparkline runs={recent} width={72} height={18} />
            )}
          </ButtonBase>
        );
      })}
      {ordered.length > shown.length && (
        <TextButton onClick={() => setAll(true)}>
          {t('tab.morePipelines', { count: ordered.length - shown.length })}
        </TextButton>
      )}
    </div>
  );
}
