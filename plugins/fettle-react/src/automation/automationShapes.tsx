import type {
  Campaign,
  CampaignItemPage,
  CampaignState,
  DriftState,
  PlanState,
  RemediationState,
} from 'backstage-plugin-fettle-common';
import type { ReactElement } from 'react';
import type { Tone } from '../widgets/tones';

const line = {
  stroke: 'currentColor',
  strokeWidth: 1.7,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
  fill: 'none',
} as const;
const glyph = { ...line, stroke: 'var(--fettle-glyph)' } as const;

/** Where a repository of a campaign stands. */
export type CampaignItemState = CampaignItemPage['items'][number]['state'];

/** Where a wave of a campaign stands. */
export type WaveState = Campaign['waves'][number]['state'];

/** A shape, and what its colour means. */
export interface AutomationShape {
  tone: Tone;
  shape: ReactElement;
  /** It turns, where motion is wanted. */
  turns?: boolean;
}

const RING = <circle cx="8" cy="8" r="6.4" {...line} />;
const PAUSE = (
  <>
    {RING}
    <path d="M6.3 5.6v4.8M9.7 5.6v4.8" {...line} />
  </>
);
const CROSS = (
  <>
    <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z" fill="currentColor" />
    <path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" {...glyph} />
  </>
);
const TICK = (
  <>
    <circle cx="8" cy="8" r="7" fill="currentColor" />
    <path d="M4.8 8.3 7 10.5l4.2-4.8" {...glyph} />
  </>
);
const UNKNOWN = (
  <>
    <rect
      {...{ x: 1.2, y: 1.2, width: 13.6, height: 13.6, rx: 2 }}
      {...line}
      strokeWidth={1.3}
      strokeDasharray="2.6 1.6"
    />
    <path
      d="M6 6.3C6 5 6.8 4.2 8 4.2s2 .8 2 1.9c0 1.4-2 1.5-2 3M8 11.6v.1"
      {...line}
    />
  </>
);
const STRUCK = (
  <>
    {RING}
    <path d="M4 12 12 4" {...line} />
  </>
);
const CLOCK = (
  <>
    {RING}
    <path d="M8 4.4V8l2.4 1.6" {...line} />
  </>
);

// Every outline differs, so that the shapes tell apart without their colours.
export const REMEDIATION_SHAPES: Record<RemediationState, AutomationShape> = {
  blocked: { tone: 'warn', shape: PAUSE },
  applying: {
    tone: 'accent',
    turns: true,
    shape: (
      <>
        <circle cx="8" cy="8" r="6.2" {...line} />
        <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4Z" fill="currentColor" />
      </>
    ),
  },
  open: {
    tone: 'accent',
    shape: (
      <>
        <circle cx="4" cy="3.2" r="2" {...line} />
        <circle cx="4" cy="12.8" r="2" {...line} />
        <circle cx="12" cy="12.8" r="2" {...line} />
        <path d="M4 5.4v5.2M12 10.6V7a3 3 0 0 0-3-3H7.6" {...line} />
      </>
    ),
  },
  settling: {
    tone: 'accent',
    shape: <circle cx="8" cy="8" r="6.2" {...line} strokeDasharray="0.1 3.2" />,
  },
  verifying: {
    tone: 'accent',
    shape: (
      <>
        <circle cx="6.8" cy="6.8" r="5" {...line} />
        <path d="m10.6 10.6 4.2 4.2" {...line} />
      </>
    ),
  },
  healed: { tone: 'good', shape: TICK },
  failed: { tone: 'bad', shape: CROSS },
  unverified: { tone: 'unknown', shape: UNKNOWN },
  reverted: {
    tone: 'bad',
    shape: (
      <path
        d="M5.6 2 2 5.6l3.6 3.6M2.2 5.6h7.3a4.2 4.2 0 0 1 0 8.4H5"
        {...line}
      />
    ),
  },
  escalated: {
    tone: 'warn',
    shape: (
      <>
        <path
          d="M8 1.2 15.4 14.4H.6Z"
          fill="currentColor"
          stroke="currentColor"
          strokeLinejoin="round"
        />
        <path d="M8 5.8v4M8 12.1v.1" {...glyph} />
      </>
    ),
  },
  recovered: {
    tone: 'good',
    shape: (
      <>
        {RING}
        <path d="M4.8 8.3 7 10.5l4.2-4.8" {...line} />
      </>
    ),
  },
  cancelled: { tone: 'unknown', shape: STRUCK },
};

export const PLAN_SHAPES: Record<PlanState, AutomationShape> = {
  ready: {
    tone: 'accent',
    shape: <path d="M4 2.2 13.6 8 4 13.8Z" {...line} />,
  },
  waiting: { tone: 'warn', shape: PAUSE },
  rejected: { tone: 'bad', shape: CROSS },
  impossible: {
    tone: 'bad',
    shape: (
      <>
        {RING}
        <path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" {...line} />
      </>
    ),
  },
  empty: { tone: 'unknown', shape: <path d="M4 8h8" {...line} /> },
  applied: { tone: 'good', shape: TICK },
  superseded: {
    tone: 'unknown',
    shape: <path d="m3 4 4 4-4 4M9 4l4 4-4 4" {...line} />,
  },
  expired: { tone: 'unknown', shape: CLOCK },
};

const DRAFT = <circle cx="8" cy="8" r="6.2" {...line} strokeDasharray="3 2" />;

export const CAMPAIGN_SHAPES: Record<CampaignState, AutomationShape> = {
  planning: { ...REMEDIATION_SHAPES.applying, tone: 'unknown' },
  draft: { tone: 'unknown', shape: DRAFT },
  running: REMEDIATION_SHAPES.applying,
  paused: { tone: 'warn', shape: PAUSE },
  finished: { tone: 'good', shape: TICK },
  cancelled: REMEDIATION_SHAPES.cancelled,
};

export const ITEM_SHAPES: Record<CampaignItemState, AutomationShape> = {
  planning: CAMPAIGN_SHAPES.planning,
  nothing: PLAN_SHAPES.empty,
  impossible: PLAN_SHAPES.impossible,
  waiting: { tone: 'unknown', shape: CLOCK },
  blocked: REMEDIATION_SHAPES.blocked,
  running: REMEDIATION_SHAPES.applying,
  open: REMEDIATION_SHAPES.open,
  healed: REMEDIATION_SHAPES.healed,
  failed: REMEDIATION_SHAPES.failed,
  cancelled: REMEDIATION_SHAPES.cancelled,
};

export const WAVE_SHAPES: Record<WaveState, AutomationShape> = {
  waiting: { tone: 'unknown', shape: CLOCK },
  running: REMEDIATION_SHAPES.applying,
  verifying: REMEDIATION_SHAPES.verifying,
  done: { tone: 'good', shape: TICK },
  failed: { tone: 'bad', shape: CROSS },
};

export const DRIFT_SHAPES: Record<DriftState, AutomationShape> = {
  follows: { tone: 'good', shape: TICK },
  drifted: REMEDIATION_SHAPES.escalated,
  unknown: { tone: 'unknown', shape: UNKNOWN },
  exempt: { tone: 'unknown', shape: STRUCK },
};
