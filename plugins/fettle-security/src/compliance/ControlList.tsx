import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Control,
  FrameworkStanding,
} from 'backstage-plugin-fettle-common';
import { Section } from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { OpenableRow } from '../OpenableRow';
import { fettleSecurityTranslationRef } from '../translation';
import { ControlCountsBar } from './ControlCountsBar';
import { ControlRepositories } from './ControlRepositories';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    what: { overflowWrap: 'anywhere' },
    title: { fontWeight: 600 },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
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
            <OpenableRow
              key={id}
              title={`${id}: ${title}`}
              columns="minmax(0, 3fr) minmax(0, 2fr)"
              opened={open}
              onToggle={() => setOpened(open ? undefined : id)}
              cells={
                <>
                  <div className={classes.what}>
                    <span className={classes.title}>{title}</span>{' '}
                    <span className={classes.quiet}>{id}</span>
                  </div>
                  <ControlCountsBar counts={counts} />
                </>
              }
              panel={
                <>
                  <Rests control={control} />
                  {counts.notMet + counts.unknown > 0 && (
                    <ControlRepositories
                      frameworkId={frameworkId}
                      control={id}
                      owner={owner}
                      stamp={`${counts.notMet} ${counts.unknown}`}
                    />
                  )}
                </>
              }
            />
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
