/** What is downloaded and run at once. */
export interface Piped {
  /** The host, without anything else of the address: that, and the options of the command, may hold credentials. */
  host: string;
  interpreter: string;
}

const DOWNLOAD = /\b(?:curl|wget|iwr|irm|invoke-webrequest)\b/i;
const INTERPRETER =
  /^\s*(?:sudo\s+(?:-\S+\s+)*)?(?:env\s+(?:\S+=\S*\s+)*)?(?:\S{0,100}\/)?((?:ba|da|z|k)?sh|python[\d.]*|perl|ruby|node|php|iex)(?![\w.-])/i;
/** `sh -c "$(curl …)"`, `bash <(curl …)`, `eval "$(curl …)"`. */
const SUBSTITUTED =
  /(?:^|[\s;&|"'[,(])(?:\S{0,100}\/)?((?:ba|da|z|k)?sh|source|eval|\.)\s[^\n]{0,100}?(?:<\(|\$\(|`)\s*(?:sudo\s+)?(?:curl|wget)\b/;
// Longer ones are data. It also bounds the time for what is made to take long.
const LONGEST_COMMAND = 5_000;

/** The first `curl … | sh`, or what comes to the same, in commands of a shell. */
export function findPiped(script: string): Piped | undefined {
  const commands = script.replace(/\\\r?\n/g, ' ').split(/\n|;|&&|\|\|/);
  for (const whole of commands) {
    const command = whole.slice(0, LONGEST_COMMAND);
    if (!DOWNLOAD.test(command)) continue;
    const [, substituted] = SUBSTITUTED.exec(command) ?? [];
    const interpreter = substituted ?? pipedTo(command);
    if (interpreter) return { host: hostIn(command), interpreter };
  }
  return undefined;
}

function pipedTo(command: string): string | undefined {
  const stages = command.split('|');
  const from = stages.findIndex(stage => DOWNLOAD.test(stage));
  for (const stage of stages.slice(from + 1)) {
    const [, interpreter] = INTERPRETER.exec(stage) ?? [];
    if (interpreter) return interpreter;
  }
  return undefined;
}

function hostIn(command: string): string {
  const [address] = /https?:\/\/[^\s"'`)|]+/.exec(command) ?? [];
  return address && URL.canParse(address)
    ? new URL(address).hostname
    : 'an address';
}
