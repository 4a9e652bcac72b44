import SvgIcon, { type SvgIconProps } from '@material-ui/core/SvgIcon';

/** A shield with a tick. */
export function SecurityIcon(props: SvgIconProps) {
  return (
    <SvgIcon {...props}>
      <path
        d="M12 3 5 5.6v5.6c0 4.3 2.9 7.9 7 9.3 4.1-1.4 7-5 7-9.3V5.6Z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinejoin="round"
      />
      <path
        d="m8.8 11.9 2.3 2.3 4.2-4.7"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </SvgIcon>
  );
}
