import { z } from 'zod';

/** The part of a repository's settings that is read. */
export const projectSchema = z.object({
  default_branch: z.string().nullish(),
  archived: z.boolean().nullish(),
  merge_requests_access_level: z.string().nullish(),
  approvals_before_merge: z.number().int().nullish(),
  only_allow_merge_if_pipeline_succeeds: z.boolean().nullish(),
});
export type Project = z.output<typeof projectSchema>;
