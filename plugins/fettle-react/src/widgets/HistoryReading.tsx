import { useTheme } from '@material-ui/core/styles';
import { tones } from './tones';

/** The day under the pointer or the keyboard's cursor. */
export function HistoryReading(props: {
  left: number;
  top: number | null;
  width: number;
  height: number;
  text: string;
}) {
  const { left, top, width, height, text } = props;
  const theme = useTheme();
  const { accent } = tones(theme);
  let anchor: 'start' | 'middle' | 'end' = 'middle';
  if (left < 50) anchor = 'start';
  else if (left > width - 50) anchor = 'end';
  return (
    <g pointerEvents="none">
      <line x1={left} x2={left} y2={height} stroke={accent} />
      {top !== null && (
        <circle
          cx={left}
          cy={top}
          r={4}
          fill={theme.palette.background.paper}
          stroke={accent}
          strokeWidth={2}
        />
      )}
      <text
        x={left}
        y={-8}
        textAnchor={anchor}
        fontSize={12}
        fontWeight={600}
        fill={theme.palette.text.primary}
        aria-live="polite"
      >
        {text}
      </text>
    </g>
  );
}
