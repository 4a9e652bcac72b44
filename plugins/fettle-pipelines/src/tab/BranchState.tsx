import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositoryPipelines } from 'backstage-plugin-fettle-common';
import { Age, RunStateIcon, tones } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: theme.spacing(0.25, 1),
        minWidth: 0,
      },
      state: {
        display: 'inline-flex',
        alignItems: 'center',
        gap: '0.35em',
        fontSize: '1.125rem',
        fontWeight: 600,
        lineHeight: 1.3,
      },
      green: { color: tone.good },
      red: { color: tone.bad },
      unknown: { color: tone.unknown },
      branch: { fontWeight: 600, overflowWrap: 'anywhere' },
      since: { color: theme.palette.text.secondary },
    };
  },
  { name: 'FettleBranchState' },
);

/** Whether the default branch is green, and since when. */
export function BranchState(props: {
  pipelines: Pick<
    RepositoryPipelines,
    'defaultBranch' | 'green' | 'greenSince' | 'pipelines'
  >;
}) {
  const { defaultBranch, green, greenSince, pipelines } = props.pipelines;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const red = pipelines.filter(one => one.green === false);
  let kind: 'green' | 'red' | 'unknown' = 'unknown';
  if (green !== null) kind = green ? 'green' : 'red';
  const shape = {
    green: 'succeeded',
    red: 'failed',
    unknown: 'unknown',
  } as const;
  return (
    <div className={classes.root} data-green={String(green)}>
      <span className={classes.branch}>
        {defaultBranch ?? t('branch.noDefault')}
      </span>
      <span className={`${classes.state} ${classes[kind]}`}>
        <RunStateIcon state={shape[kind]} />
        {t(`branch.${kind}`)}
      </span>
      {greenSince && (
        <span className={classes.since}>
          {t('branch.since')} <Age at={greenSince} />
          {pipelines.length > 1 &&
            red.length > 0 &&
            ` · ${red.map(({ name }) => name).join(', ')}`}
        </span>
      )}
    </div>
  );
}
