import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositorySummary } from 'backstage-plugin-fettle-common';
import {
  Age,
  ScoreBadge,
  Sparkline,
  StateMark,
  tones,
  useMoved,
} from 'backstage-plugin-fettle-react';
import { memo, type ReactElement } from 'react';
import { Link } from 'react-router-dom';
import { fettleTranslationRef } from '../translation';
import type { ColumnId, columnsFor } from './columns';
import { refName } from './refName';
import { useRepositoryLink } from './useRepositoryLink';
import { WorstVerdict } from './WorstVerdict';

const useStyles = makeStyles(
  theme => ({
    row: {
      position: 'absolute',
      left: 0,
      right: 0,
      display: 'grid',
      gap: theme.spacing(0, 1.5),
      alignItems: 'center',
      padding: theme.spacing(0, 2),
      fontSize: '0.875rem',
      borderBottom: `1px solid ${theme.palette.divider}`,
      fontVariantNumeric: 'tabular-nums',
      cursor: 'pointer',
      '&:hover': { background: theme.palette.action.hover },
      // Above the link, so that what they say on hover can be read.
      '& [title]': { position: 'relative', zIndex: 1 },
      '&:focus-within': {
        boxShadow: `inset 3px 0 0 ${tones(theme).accent}`,
      },
    },
    cell: {
      minWidth: 0,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    right: { textAlign: 'right' },
    name: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
    // The link covers its row, so that all of it can be clicked.
    link: {
      color: 'inherit',
      fontWeight: 500,
      textDecoration: 'none',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      '&::after': { content: '""', position: 'absolute', inset: 0 },
      '&:focus-visible': {
        outline: 'none',
        '&::after': {
          outline: `2px solid ${tones(theme).accent}`,
          outlineOffset: -2,
        },
      },
    },
    quiet: { color: theme.palette.text.secondary },
    small: { fontSize: '0.75rem', flex: 'none' },
    second: { display: 'block' },
    aside: { marginLeft: 'auto' },
    moved: {
      '@media (prefers-reduced-motion: no-preference)': {
        animation: '$moved 2.4s ease-out',
      },
    },
    '@keyframes moved': {
      '0%': { backgroundColor: theme.palette.action.selected },
      '100%': { backgroundColor: 'transparent' },
    },
  }),
  { name: 'FettleRepositoryRow' },
);

/** One repository of the fleet. */
export const RepositoryRow = memo(function Row(props: {
  repository: RepositorySummary;
  index: number;
  top: number;
  height: number;
  columns: ReturnType<typeof columnsFor>;
  focusable: boolean;
  onFocus: () => void;
}) {
  const { repository, index, columns } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const to = useRepositoryLink(repository);
  const { justMoved } = useMoved(repository.changedAt);
  const old = repository.state === 'failing' || repository.state === 'stale';
  const narrow = columns.length === 2;

  const cells: Record<ColumnId, ReactElement> = {
    score: (
      <ScoreBadge
        score={repository.score}
        level={repository.level}
        trend={narrow ? null : repository.trend}
        brief={narrow}
        dimmed={old}
      />
    ),
    name: (
      <>
        <span className={classes.name}>
          <Link
            to={to}
            className={classes.link}
            tabIndex={props.focusable ? 0 : -1}
            onFocus={props.onFocus}
          >
            {repository.name}
          </Link>
          {repository.state !== 'ready' && (
            <span className={classes.small}>
              <StateMark state={repository.state} />
            </span>
          )}
          {narrow && (
            <Age
              at={repository.changedAt}
              className={`${classes.quiet} ${classes.small} ${classes.aside}`}
            />
          )}
          {!narrow && repository.entities.length > 1 && (
            <span className={`${classes.quiet} ${classes.small}`}>
              {t('table.entities', {
                count: repository.entities.length,
              })}
            </span>
          )}
          {!narrow && repository.entities.length === 0 && (
            <span className={`${classes.quiet} ${classes.small}`}>
              {t('table.notRegistered')}
            </span>
          )}
        </span>
        {narrow && (
          <span className={`${classes.cell} ${classes.second}`}>
            <WorstVerdict repository={repository} />
          </span>
        )}
      </>
    ),
    owner: (
      <span className={classes.quiet}>
        {repository.owner
          ? refName(repository.owner, 'group')
          : t('table.noOwner')}
      </span>
    ),
    worst: <WorstVerdict repository={repository} />,
    days: <Sparkline days={repository.days} />,
    changed: <Age at={repository.changedAt} className={classes.quiet} />,
  };

  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-repository={repository.id}
      className={`${classes.row} ${justMoved ? classes.moved : ''}`}
      style={{
        transform: `translateY(${props.top}px)`,
        height: props.height,
        gridTemplateColumns: columns.map(column => column.track).join(' '),
      }}
    >
      {columns.map(column => (
        <div
          key={column.id}
          role="cell"
          className={`${classes.cell} ${column.right ? classes.right : ''}`}
        >
          {cells[column.id]}
        </div>
      ))}
    </div>
  );
});
