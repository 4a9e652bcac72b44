/** The time of day at which something will be, in the reader's own zone; the date on hover. */
export function ClockTime(props: {
  /** ISO 8601. */
  at: string;
}) {
  const at = new Date(props.at);
  return (
    <time
      dateTime={at.toISOString()}
      title={at.toLocaleString(undefined, {
        dateStyle: 'medium',
        timeStyle: 'medium',
      })}
      style={{ whiteSpace: 'nowrap' }}
    >
      {at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })}
    </time>
  );
}
