import SvgIcon, { type SvgIconProps } from '@material-ui/core/SvgIcon';

/** A gauge with a tick: the mark of the Fleet page. */
export function FleetIcon(props: SvgIconProps) {
  return (
    <SvgIcon {...props}>
      <path
        d="M5.4 18.6a9.3 9.3 0 1 1 13.2 0"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <path
        d="m8.2 12.4 2.9 2.9 5-6"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </SvgIcon>
  );
}
