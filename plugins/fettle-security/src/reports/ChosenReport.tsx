import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { REPORT_MAX_BYTES } from 'backstage-plugin-fettle-common';
import { StatePanel } from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { fettleSecurityTranslationRef } from '../translation';
import type { ReportFile } from './useReportFile';

const MB = 1024 * 1024;

const useStyles = makeStyles(
  theme => ({
    facts: {
      margin: 0,
      display: 'grid',
      gridTemplateColumns: 'auto minmax(0, 1fr)',
      gap: theme.spacing(0.5, 2),
      overflowWrap: 'anywhere',
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0 },
    },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleChosenReport' },
);

/** What a chosen file is, or why it cannot be taken. */
export function ChosenReport(props: { chosen: ReportFile; head: string }) {
  const { chosen, head } = props;
  const { file } = chosen;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  if (chosen.state === 'reading') {
    return (
      <span role="status">{t('upload.reading', { name: file.name })}</span>
    );
  }
  if (chosen.state === 'tooLarge') {
    const size = (file.size / MB).toFixed(1);
    const most = String(REPORT_MAX_BYTES / MB);
    return wrong(t('upload.tooLarge', { size, most }));
  }
  if (chosen.state !== 'read') return wrong(t('upload.unreadable'));
  const { described } = chosen;
  if ('problem' in described) return wrong(t(`upload.${described.problem}`));
  const { form, tools, holds, commit } = described;
  const parts = (['results', 'components', 'statements'] as const).flatMap(
    part => {
      const count = holds[part];
      return count === undefined ? [] : [t(`upload.${part}`, { count })];
    },
  );
  const facts: [string, ReactNode][] = [
    [t('upload.file'), `${file.name} (${sizeOf(file.size)})`],
    [t('upload.is'), form],
    [
      t('upload.tool'),
      tools.join(', ') || (
        <span className={classes.quiet}>{t('upload.noTool')}</span>
      ),
    ],
    [t('upload.holds'), parts.join(', ') || t('upload.nothing')],
  ];
  if (commit !== undefined && commit !== head) {
    const short = { commit: commit.slice(0, 7), head: head.slice(0, 7) };
    facts.push([t('upload.about'), t('upload.otherCommit', short)]);
  }
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
    </dl>
  );

  function wrong(message: string) {
    return (
      <StatePanel
        kind="problem"
        title={t('upload.wrong')}
        source={file.name}
        message={message}
      />
    );
  }

  function sizeOf(bytes: number): string {
    return bytes >= MB
      ? t('upload.megabytes', { n: (bytes / MB).toFixed(1) })
      : t('upload.kilobytes', { n: String(Math.ceil(bytes / 1024)) });
  }
}

function Fact(props: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </>
  );
}
