import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { PipelineDay } from 'backstage-plugin-fettle-common';
import { Section, TextButton, useNow } from 'backstage-plugin-fettle-react';
import { useMemo, useState } from 'react';
import { fettlePipelinesTranslationRef } from '../../translation';
import { DayCharts } from './DayCharts';
import { DayTable } from './DayTable';
import { fillDays } from './fillDays';

const useStyles = makeStyles(
  theme => ({
    none: {
      color: theme.palette.text.secondary,
      padding: theme.spacing(0, 2, 1.5),
    },
  }),
  { name: 'FettleDaysSection' },
);

/** Runs and their durations day by day, as charts or as a table. */
export function DaysSection(props: {
  days: readonly PipelineDay[];
  window: number;
}) {
  const { days, window } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const [asTable, setAsTable] = useState(false);
  const today = useNow(60_000).toISOString().slice(0, 10);
  const filled = useMemo(
    () => fillDays(days, { days: window, now: new Date(today) }),
    [days, window, today],
  );
  const content = asTable ? (
    <DayTable days={filled} />
  ) : (
    <DayCharts days={filled} />
  );
  return (
    <Section
      title={t('fleet.byDay')}
      flush
      aside={
        days.length > 0 && (
          <TextButton
            color="primary"
            onClick={() => setAsTable(shown => !shown)}
          >
            {t(asTable ? 'fleet.asChart' : 'fleet.asTable')}
          </TextButton>
        )
      }
    >
      {days.length === 0 ? (
        <div className={classes.none}>{t('fleet.noDays')}</div>
      ) : (
        content
      )}
    </Section>
  );
}
