/** What of the server's environment git may see: how to find itself, keys and proxies. */
const PASSED = [
  'PATH',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'SSH_AUTH_SOCK',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'all_proxy',
  'NO_PROXY',
  'no_proxy',
];

/**
 * Settings that win over those of the repository that is read. A folder on
 * this server brings a config file that others wrote, and git runs programs
 * that such a file names: everything of that kind is switched off here, also
 * for commands that are not known to look at it.
 */
const FIXED: [string, string][] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.sshCommand', 'false'],
  ['core.gitProxy', ''],
  ['core.askPass', ''],
  ['core.pager', 'cat'],
  ['core.editor', 'false'],
  ['core.alternateRefsCommand', 'false'],
  ['core.attributesFile', '/dev/null'],
  ['core.excludesFile', '/dev/null'],
  ['core.symlinks', 'false'],
  ['core.quotePath', 'false'],
  ['credential.helper', ''],
  ['diff.external', ''],
  ['gpg.program', 'false'],
  ['log.showSignature', 'false'],
  ['submodule.recurse', 'false'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  ['gc.autoDetach', 'false'],
  ['maintenance.auto', 'false'],
  ['protocol.allow', 'never'],
];

/** A protocol that a run may speak. None: git does not leave the machine, nor fetch what is missing. */
export type GitProtocol = 'https' | 'http' | 'ssh';

/** The whole environment of a run of git. */
export function gitEnvironment(options: {
  gitDir?: string;
  protocol?: GitProtocol;
  tracePackets?: boolean;
  /** Of a commit that is made: seconds since 1970. */
  commitTime?: number;
  /** A key of the portal's user is needed. */
  signs?: boolean;
  /** Further settings; they may hold credentials, which therefore are in no argument. */
  settings?: readonly (readonly [string, string])[];
  base?: NodeJS.ProcessEnv;
}): NodeJS.ProcessEnv {
  const base = options.base ?? process.env;
  const env: NodeJS.ProcessEnv = {};
  for (const key of PASSED) {
    if (base[key] !== undefined) env[key] = base[key];
  }

  Object.assign(env, {
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'false',
    SSH_ASKPASS: 'false',
    SSH_ASKPASS_REQUIRE: 'never',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_PAGER: 'cat',
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes -oConnectTimeout=15',
    ...(options.tracePackets ? { GIT_TRACE_PACKET: '1' } : {}),
    ...(options.commitTime === undefined ? {} : datesOf(options.commitTime)),
    // Only keys need it. Elsewhere it would bring a .netrc.
    ...((options.protocol === 'ssh' || options.signs) && base.HOME
      ? { HOME: base.HOME }
      : {}),
    // Outranks every protocol.*.allow of the repository's own config; a word
    // that names no protocol allows none.
    GIT_ALLOW_PROTOCOL: options.protocol ?? 'none',
  });
  if (options.gitDir !== undefined) {
    // Named outright, so that git neither searches upwards nor asks whose
    // folder it is; the work tree is the same folder, so that no file of a
    // real one (.gitattributes, .mailmap) takes part.
    env.GIT_DIR = options.gitDir;
    env.GIT_WORK_TREE = options.gitDir;
  }

  const settings: (readonly [string, string])[] = [
    ...FIXED,
    ...(options.protocol
      ? [[`protocol.${options.protocol}.allow`, 'always'] as const]
      : []),
    ...(options.settings ?? []),
  ];
  env.GIT_CONFIG_COUNT = String(settings.length);
  settings.forEach(([key, value], index) => {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return env;
}

function datesOf(seconds: number): NodeJS.ProcessEnv {
  const date = `@${seconds} +0000`;
  return { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
}
