import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  StatePanel,
  TextButton,
  useWidth,
  type LiveRuns,
} from 'backstage-plugin-fettle-react';
import { useRef, useState } from 'react';
import { RunDetails } from '../run/RunDetails';
import { fettlePipelinesTranslationRef } from '../translation';
import { FreshRuns } from './FreshRuns';
import { LinkedRun } from './LinkedRun';
import { runColumnsFor } from './runColumns';
import { RunListHead } from './RunListHead';
import { RunRow } from './RunRow';
import { useArrowKeys } from './useArrowKeys';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'relative',
      background: theme.palette.background.paper,
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      minWidth: 0,
    },
    details: { borderBottom: `1px solid ${theme.palette.divider}` },
    foot: {
      display: 'flex',
      justifyContent: 'center',
      padding: theme.spacing(1),
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
    },
  }),
  { name: 'FettleRunList' },
);

/** The runs, newest first; one of them may be open in place. */
export function RunList(props: {
  repositoryId: string;
  runs: LiveRuns;
  filtered: boolean;
  onClear: () => void;
  /** Id of the run that is open. */
  opened: string | undefined;
  onOpen: (id: string | undefined) => void;
  onShowFresh: () => void;
}) {
  const { repositoryId, runs, opened, onOpen } = props;
  const { rows, fresh, arrived, hasMore, loadMore } = runs;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const list = useRef<HTMLDivElement>(null);
  const columns = runColumnsFor(useWidth(list, 1200));
  const [active, setActive] = useState<string>();
  /** The row below which another attempt than its own is shown. */
  const [anchor, setAnchor] = useState<string>();
  useArrowKeys(list, { button: 'data-run-button', count: rows.length });

  const isRow = (id: string | undefined) => rows.some(run => run.id === id);
  const openRow = isRow(anchor) ? anchor : opened;
  const elsewhere = opened !== undefined && !isRow(openRow);
  const focusable = isRow(active) ? active : rows[0]?.id;
  const show = (id: string | undefined, row?: string) => {
    setAnchor(row);
    onOpen(id);
  };

  return (
    <div className={classes.root} ref={list}>
      <FreshRuns fresh={fresh} onShow={props.onShowFresh} />
      {elsewhere && (
        <LinkedRun
          repositoryId={repositoryId}
          id={opened}
          onOpen={id => show(id)}
        />
      )}
      {rows.length === 0 ? (
        <StatePanel
          kind="empty"
          title={t(props.filtered ? 'empty.filteredTitle' : 'empty.noneTitle')}
          message={t(
            props.filtered ? 'empty.filteredMessage' : 'empty.noneMessage',
          )}
        >
          {props.filtered && (
            <TextButton variant="outlined" onClick={props.onClear}>
              {t('filter.clear')}
            </TextButton>
          )}
        </StatePanel>
      ) : (
        <div role="table" aria-label={t('table.label')}>
          <RunListHead columns={columns} />
          <div role="rowgroup">
            {rows.map((run, index) => {
              const open = opened !== undefined && run.id === openRow;
              return (
                <div key={run.id} role="presentation">
                  <RunRow
                    run={run}
                    index={index}
                    columns={columns}
                    open={open}
                    arrived={arrived.has(run.id)}
                    focusable={run.id === focusable}
                    onFocus={setActive}
                    onToggle={show}
                  />
                  {open && (
                    <div role="row" className={classes.details}>
                      <div role="cell">
                        <RunDetails
                          repositoryId={repositoryId}
                          id={opened}
                          onSwitch={id => show(id, run.id)}
                          onClose={() => show(undefined)}
                        />
                      </div>
                    </div>
                  )}
                </div>
              );
            })}
          </div>
        </div>
      )}
      {hasMore && (
        <div className={classes.foot}>
          <TextButton variant="outlined" onClick={loadMore}>
            {t('table.older')}
          </TextButton>
        </div>
      )}
    </div>
  );
}
