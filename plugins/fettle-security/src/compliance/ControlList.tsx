import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Control,
  FrameworkStanding,
} from 'backstage-plugin-fettle-common';
import { Section } from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettleSecurityTranslationRef } from '../translation';
import { ControlCountsBar } from './ControlCountsBar';
import { ControlRepositories } from './ControlRepositories';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: { borderTop: `1px solid ${theme.palette.divider}` },
    row: {
      position: 'relative',
      display: 'grid',
      gridTemplateColumns: '1.25em minmax(0, 3fr) minmax(0, 2fr)',
      gap: theme.spacing(0.5, 1.5),
      padding: theme.spacing(1, 2),
      '&:hover': { background: theme.palette.action.hover },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: '1.25em minmax(0, 1fr)',
        '& > :nth-child(n + 3)': { gridColumn: 2 },
      },
    },
    toggle: {
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
      lineHeight: 1.6,
      alignSelf: 'start',
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    what: { overflowWrap: 'anywhere' },
    title: { fontWeight: 600 },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    panel: {
      display: 'grid',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 2, 2, 5),
      background: theme.palette.action.hover,
      boxShadow: `inset 3px 0 0 ${theme.palette.primary.main}`,
      [theme.breakpoints.down('xs')]: { paddingLeft: theme.spacing(2) },
    },
  }),
  { name: 'FettleControlList' },
);

/** Controls with how many repositories meet them; each opens to what it rests on, and who does not. */
export function ControlList(props: {
  frameworkId: string;
  owner: string | undefined;
  controls: FrameworkStanding['controls'];
}) {
  const { frameworkId, owner, controls } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [opened, setOpened] = useState<string>();
  return (
    <Section title={t('compliance.controls')} flush>
      <ul className={classes.list}>
        {controls.map(({ control, counts }) => {
          const { id, title } = control;
          const open = opened === id;
          return (
            <li key={id} className={classes.item} data-control={id}>
              <div className={classes.row}>
                <ButtonBase
                  className={classes.toggle}
                  aria-expanded={open}
                  aria-label={t(open ? 'policies.close' : 'policies.open', {
                    title: `${id}: ${title}`,
                  })}
                  onClick={() => setOpened(open ? undefined : id)}
                >
                  <span aria-hidden="true">{open ? '▾' : '▸'}</span>
                </ButtonBase>
                <div className={classes.what}>
                  <span className={classes.title}>{title}</span>{' '}
                  <span className={classes.quiet}>{id}</span>
                </div>
                <ControlCountsBar counts={counts} />
              </div>
              {open && (
                <div className={classes.panel}>
                  <Rests control={control} />
                  {counts.notMet + counts.unknown > 0 && (
                    <ControlRepositories
                      frameworkId={frameworkId}
                      control={id}
                      owner={owner}
                      stamp={`${counts.notMet} ${counts.unknown}`}
                    />
                  )}
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Rests({ control: { rests, unseen } }: { control: Control }) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  return (
    <div>
      {rests.length === 0
        ? t('compliance.restsOnNothing')
        : t('compliance.restsOn', {
            what: rests
              .map(rest =>
                'check' in rest
                  ? t('compliance.check', { id: rest.check })
                  : t('compliance.policy', { id: rest.policy }),
              )
              .join(', '),
          })}
      {unseen && ` ${t('compliance.unseen', { what: unseen })}`}
    </div>
  );
}
