import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { Finding } from 'backstage-plugin-fettle-common';
import { Age, FixThis, SeverityMark } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';
import { FindingPanel } from './FindingPanel';
import { FindingWhat } from './FindingWhat';
import { RepositoryLink } from './RepositoryLink';

const useStyles = makeStyles(
  theme => ({
    root: { borderTop: `1px solid ${theme.palette.divider}` },
    row: {
      position: 'relative',
      display: 'grid',
      gridTemplateColumns: '1.25em 9.5em minmax(0, 1fr) auto',
      alignItems: 'start',
      gap: theme.spacing(0.25, 1.5),
      padding: theme.spacing(1, 2),
      '&:hover': { background: theme.palette.action.hover },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: '1.25em minmax(0, 1fr)',
        '& > :nth-child(n + 3)': { gridColumn: 2 },
      },
    },
    opened: {
      background: theme.palette.action.hover,
      boxShadow: `inset 3px 0 0 ${theme.palette.primary.main}`,
    },
    toggle: {
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
      lineHeight: 1.6,
      // The whole row opens it; links in the row lie above.
      '&::after': { content: '""', position: 'absolute', inset: 0 },
    },
    what: {
      position: 'relative',
      pointerEvents: 'none',
      '& a': { pointerEvents: 'auto' },
    },
    side: {
      textAlign: 'right',
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
      [theme.breakpoints.down('xs')]: { textAlign: 'left' },
    },
    state: { display: 'block' },
    // Above what opens the row.
    fix: { position: 'relative', zIndex: 1 },
  }),
  { name: 'FettleFindingRow' },
);

/** One finding in a line; it opens to all that is known of it. */
export function FindingRow(props: {
  finding: Finding;
  triage: boolean;
  /** Where it is, on a list over several repositories. */
  repository?: { name: string; entityRef: string | null };
  opened: boolean;
  onToggle: () => void;
}) {
  const { finding, triage, repository, opened, onToggle } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { rule, state } = finding;
  return (
    <li className={classes.root} data-state={state} data-rule={rule}>
      <div className={`${classes.row} ${opened ? classes.opened : ''}`}>
        <ButtonBase
          className={classes.toggle}
          aria-expanded={opened}
          aria-label={t(opened ? 'findings.close' : 'findings.open', { rule })}
          onClick={onToggle}
        >
          <span aria-hidden="true">{opened ? '▾' : '▸'}</span>
        </ButtonBase>
        <SeverityMark severity={finding.severity} />
        <div className={classes.what}>
          <FindingWhat finding={finding} />
          {repository && <RepositoryLink {...repository} />}
        </div>
        <div className={classes.side}>
          <span className={classes.state}>
            {t(`kind.${finding.kind}`)}
            {state !== 'open' && ` · ${t(`state.${state}`)}`}
          </span>
          <Age
            at={state === 'open' ? finding.firstSeenAt : finding.stateSince}
          />
          {/* A list over many repositories asks for what can be mended once a row is open. */}
          {state === 'open' && !repository && !opened && (
            <div className={classes.fix}>
              <FixThis
                repositoryId={finding.repositoryId}
                of={{ findingId: finding.id }}
              />
            </div>
          )}
        </div>
      </div>
      {opened && <FindingPanel finding={finding} triage={triage} />}
    </li>
  );
}
