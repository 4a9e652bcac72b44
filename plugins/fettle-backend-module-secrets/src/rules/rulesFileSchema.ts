import { z } from 'zod';

const texts = z.array(z.string()).default([]);

// Keys are compared in lower case, as gitleaks does.
const allowlistSchema = z
  .object({
    condition: z
      .string()
      .default('or')
      .transform(word => word.toLowerCase())
      .pipe(z.enum(['or', '||', 'and', '&&', '']))
      .transform(word => (/^(?:and|&&)$/.test(word) ? 'and' : 'or')),
    commits: texts,
    paths: texts,
    regexes: texts,
    stopwords: texts.transform(words => words.map(one => one.toLowerCase())),
    regextarget: z
      .enum(['', 'secret', 'match', 'line'])
      .default('secret')
      .transform(target => target || ('secret' as const)),
    /** Only for those of a whole file. */
    targetrules: texts,
  })
  .refine(
    ({ commits, paths, regexes, stopwords }) =>
      commits.length + paths.length + regexes.length + stopwords.length > 0,
    'An allowlist needs one of commits, paths, regexes and stopwords.',
  )
  .transform(({ regextarget, targetrules, ...rest }) => ({
    ...{ ...rest, regexTarget: regextarget, targetRules: targetrules },
  }));

/** `[allowlist]` is the older way to write one of `[[allowlists]]`. */
const allowlistsSchema = {
  allowlist: z.preprocess(
    given => (given === undefined ? [] : [given].flat()),
    z.array(allowlistSchema),
  ),
  allowlists: z.array(allowlistSchema).default([]),
};

const ruleSchema = z
  .object({
    id: z.string().trim().min(1),
    description: z.string().default(''),
    regex: z.string().optional(),
    path: z.string().optional(),
    keywords: texts.transform(words => words.map(one => one.toLowerCase())),
    entropy: z.number().min(0).default(0),
    secretgroup: z.number().int().min(0).default(0),
    tags: texts,
    /** Only a part of another rule: reports nothing by itself. */
    skipreport: z.boolean().default(false),
    required: z
      .array(z.unknown())
      .max(0, 'Rules that require another are not supported.')
      .default([]),
    ...allowlistsSchema,
  })
  .transform(
    ({
      secretgroup,
      skipreport,
      required: _,
      allowlist,
      allowlists,
      ...rest
    }) => ({
      ...{ ...rest, secretGroup: secretgroup, skipReport: skipreport },
      // Those of a rule aim at no other.
      allowlists: [...allowlist, ...allowlists].map(
        ({ targetRules: __, ...own }) => own,
      ),
    }),
  );

/** A file of rules, its keys in lower case. What only gitleaks itself uses is ignored. */
export const rulesFileSchema = z
  .object({
    extend: z
      .object({
        usedefault: z.boolean().default(false),
        path: z.string().optional(),
        url: z
          .string()
          .max(0, 'Rules are not fetched; give a path.')
          .optional(),
        disabledrules: texts,
      })
      .prefault({})
      .refine(
        ({ usedefault, path }) => !(usedefault && path),
        'Use one of useDefault and path.',
      ),
    rules: z.array(ruleSchema).default([]),
    ...allowlistsSchema,
  })
  .transform(({ allowlist, allowlists, ...rest }) => ({
    ...rest,
    allowlists: [...allowlist, ...allowlists],
  }));

/** A file of rules as it is written, before it is extended. */
export type RulesFile = z.infer<typeof rulesFileSchema>;
