import { SourceError, type PlaybookStep } from 'backstage-plugin-fettle-node';
import { z } from 'zod';

const parameters = z.strictObject({
  question: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .describe('What a person has to answer with yes or no.'),
});

export const waitForPerson: PlaybookStep<z.output<typeof parameters>> = {
  id: 'wait-for-person',
  title: 'Wait for a person',
  description:
    'Asks a question, and goes on when a person has said yes. With a no, the remediation ends.',
  parameters,
  ...{ destructive: false, idempotent: true, reversible: true },
  mends: () => false,
  async plan({ parameters: { question } }) {
    return {
      actions: [
        {
          summary: 'Ask a person, and wait for the answer',
          ...{ before: null, after: question, input: { question } },
        },
      ],
    };
  },
  async apply({ parameters: { question }, decision, repository }) {
    if (!decision) {
      const message = `Nobody has answered yet: ${question}`;
      return { state: 'waiting', message };
    }
    const { approved, actor, reason } = decision;
    if (!approved) {
      throw new SourceError(
        'failed',
        `${actor} said no to '${question}' about ${repository.remote}: ${reason}`,
        'Nothing is to be done, unless that person changes their mind.',
      );
    }
    return { state: 'done', message: `${actor} said yes: ${reason}` };
  },
};
