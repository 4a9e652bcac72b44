import SvgIcon, { type SvgIconProps } from '@material-ui/core/SvgIcon';

/** Three stages, one of which splits in two: the mark of pipelines. */
export function PipelinesIcon(props: SvgIconProps) {
  return (
    <SvgIcon {...props}>
      <g fill="none" stroke="currentColor" strokeWidth="2">
        <circle cx="5" cy="12" r="2.6" />
        <circle cx="19" cy="6" r="2.6" />
        <circle cx="19" cy="18" r="2.6" />
        <path d="M7.6 12h2.2c4 0 2.4-6 6.4-6M9.8 12c4 0 2.4 6 6.4 6" />
      </g>
    </SvgIcon>
  );
}
