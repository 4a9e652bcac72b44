import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { tones } from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { fettlePipelinesTranslationRef } from '../../translation';
import { P95_DASHES } from './DurationLines';
import { ResultBox, RESULTS } from './ResultBars';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.75),
      margin: 0,
      padding: 0,
      listStyle: 'none',
    },
    item: { display: 'inline-flex', alignItems: 'center', gap: '0.4em' },
  }),
  { name: 'FettleDayLegend' },
);

/** What bars mean. */
export function ResultLegend() {
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  return (
    <Legend>
      {RESULTS.map(result => (
        <Entry key={result} words={t(`fleet.result.${result}`)}>
          <ResultBox result={result} x={1} y={1} width={10} height={10} />
        </Entry>
      ))}
    </Legend>
  );
}

/** What lines mean. */
export function DurationLegend() {
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const { accent } = tones(useTheme());
  const line = { stroke: accent, strokeWidth: 2 };
  return (
    <Legend>
      <Entry words={t('fleet.p50')}>
        <path d="M0 6h12" {...line} />
      </Entry>
      <Entry words={t('fleet.p95')}>
        <path d="M0 6h12" {...line} strokeDasharray={P95_DASHES} />
      </Entry>
    </Legend>
  );
}

function Legend(props: { children: ReactNode }) {
  return <ul className={useStyles().root}>{props.children}</ul>;
}

function Entry(props: { words: string; children: ReactNode }) {
  return (
    <li className={useStyles().item}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {props.children}
      </svg>
      {props.words}
    </li>
  );
}
