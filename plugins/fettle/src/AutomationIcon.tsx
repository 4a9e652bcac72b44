import SvgIcon, { type SvgIconProps } from '@material-ui/core/SvgIcon';

/** Two arrows that lead round to a tick: the mark of the Automation page. */
export function AutomationIcon(props: SvgIconProps) {
  const line = {
    fill: 'none',
    stroke: 'currentColor',
    strokeWidth: 2,
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  } as const;
  return (
    <SvgIcon {...props}>
      <path
        d="M4.2 13.6A8 8 0 0 1 17.4 6M19.8 10.4A8 8 0 0 1 6.6 18"
        {...line}
      />
      <path d="M17.8 2.6V6.2h-3.6M6.2 21.4v-3.6h3.6" {...line} />
      <path d="m9 12 2.2 2.2 3.8-4.4" {...line} />
    </SvgIcon>
  );
}
