import type { Scan } from 'backstage-plugin-fettle-node';
import { toReports } from '../Rule';
import { readDockerfile } from './Dockerfile';
import { CONTAINER_RULES } from './rules';

/** Holds each Dockerfile against every rule. */
export const scan: Scan = ({ files }) => ({
  findings: files.flatMap(({ path, text }) => {
    const instructions = readDockerfile(text);
    return CONTAINER_RULES.flatMap(rule => toReports(rule, instructions, path));
  }),
});
