import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { useVirtualizer } from '@tanstack/react-virtual';
import { isFinished } from 'backstage-plugin-fettle-common';
import { useNow, type RunWithJobs } from 'backstage-plugin-fettle-react';
import { useEffect, useRef, useState } from 'react';
import { useArrowKeys } from '../tab/useArrowKeys';
import { fettlePipelinesTranslationRef } from '../translation';
import { JobRow } from './JobRow';
import { timeScale } from './timeScale';

const ROW = 36;

const useStyles = makeStyles(
  theme => ({
    scroller: {
      maxHeight: 'max(320px, 60vh)',
      overflowY: 'auto',
      overscrollBehavior: 'contain',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 6,
      background: theme.palette.background.paper,
    },
    rows: { position: 'relative', width: '100%' },
    row: { position: 'absolute', left: 0, right: 0, top: 0 },
  }),
  { name: 'FettleTimeline' },
);

/** The jobs of a run in the order of the host, on one scale of time; only those in view are read and drawn. */
export function Timeline(props: {
  details: RunWithJobs;
  look: (first: number, last: number) => void;
}) {
  const { details, look } = props;
  const { run, jobs } = details;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const finished = isFinished(run.state);
  const now = useNow(finished ? 3_600_000 : 1000);
  const scale = timeScale(
    run,
    jobs.values(),
    finished ? undefined : now.getTime(),
  );

  const virtual = useVirtualizer({
    count: run.jobCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    // Before it is measured, as much as the first screen holds.
    initialRect: { width: 800, height: 480 },
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? 0;
  useEffect(() => look(first, last), [look, first, last, run.revision]);
  useArrowKeys(scroller, {
    button: 'data-job-button',
    count: run.jobCount,
    show: index => {
      setActive(index);
      virtual.scrollToIndex(index);
    },
  });

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="list"
      aria-label={t('run.timeline')}
    >
      <div
        role="presentation"
        className={classes.rows}
        style={{ height: virtual.getTotalSize() }}
      >
        {items.map(item => (
          <div
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            role="listitem"
            aria-posinset={item.index + 1}
            aria-setsize={run.jobCount}
            className={classes.row}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <JobRow
              runId={run.id}
              job={jobs.get(item.index)}
              scale={scale}
              open={opened.has(item.index)}
              focusable={item.index === Math.min(active, run.jobCount - 1)}
              onFocus={() => setActive(item.index)}
              onToggle={() =>
                setOpened(before => {
                  const next = new Set(before);
                  if (!next.delete(item.index)) next.add(item.index);
                  return next;
                })
              }
            />
          </div>
        ))}
      </div>
    </div>
  );
}
