import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { counted } from '../text/counted';
import { firstOf } from '../text/firstOf';
import { descriptorFact } from './descriptorFact';

/** A catalog descriptor that the catalog takes. */
export const descriptorCheck = createCheck({
  id: 'catalog-descriptor',
  title: 'Catalog descriptor',
  group: 'Ownership',
  why: 'The descriptor says who owns this and what it belongs to. One that lies beside the code is kept true with the code.',
  fix: 'Add a catalog-info.yaml to the folder, with apiVersion, kind and metadata.name in each document, and correct the lines listed.',
  appliesTo: 'Every repository and every folder that backs an entity',
  scope: 'path',
  weight: 1,
  facts: { catalog: descriptorFact },
  parameters: z.strictObject({}),
  evaluate({ facts: { catalog } }): CheckResult {
    const { descriptor, below, firstBelow, inFolder } = catalog;
    if (!descriptor) {
      if (below > 0 && firstBelow) {
        return {
          status: 'warn',
          message: `There is no catalog-info.yaml at the top; ${counted(
            below,
            'folder has one',
            'folders have one',
          )}.`,
          evidence: [{ message: 'The first of them.', path: firstBelow }],
        };
      }
      return inFolder
        ? {
            status: 'warn',
            message:
              'The folder has no catalog-info.yaml; its entity is described elsewhere.',
          }
        : { status: 'fail', message: 'There is no catalog-info.yaml.' };
    }
    const { path, entities, entityCount, problems, problemCount } = descriptor;
    if (descriptor.omitted) {
      const link = descriptor.omitted === 'not-a-file';
      const message = link
        ? `${path} is a link whose target could not be read.`
        : `${path} is ${
            descriptor.omitted === 'binary' ? 'not text' : 'larger than 1 MiB'
          }.`;
      const status = link ? 'unknown' : 'fail';
      return { status, message, evidence: [{ message, path }] };
    }
    if (problemCount > 0) {
      return {
        status: 'fail',
        message: `The catalog would refuse ${path}: ${counted(
          problemCount,
          'problem',
        )}, ${counted(entityCount, 'good entity', 'good entities')}.`,
        evidence: problems.map(problem => ({ ...problem, path })),
      };
    }
    if (entityCount === 0) {
      const message = `${path} describes nothing.`;
      return { status: 'fail', message, evidence: [{ message, path }] };
    }
    const message = `${path} describes ${firstOf(entities)}.`;
    return { status: 'pass', message, evidence: [{ message, path }] };
  },
});
