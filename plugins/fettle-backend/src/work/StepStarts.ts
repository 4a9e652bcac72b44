import type { Backend, StepAttempt } from 'openworkflow/internal';

/** How often the steps of one run were started without coming to a good end. */
export class StepStarts {
  private readonly byName = new Map<
    string,
    { starts: number; error?: string }
  >();

  /** Every start is a row, written before the step begins, so a crash counts. */
  static async read(backend: Backend, runId: string): Promise<StepStarts> {
    const starts = new StepStarts();
    let after: string | undefined;
    do {
      const page = await backend.listStepAttempts({
        workflowRunId: runId,
        limit: 1000,
        ...(after && { after }),
      });
      page.data.forEach(attempt => starts.add(attempt));
      after = page.pagination.next ?? undefined;
    } while (after);
    return starts;
  }

  of(name: string): { starts: number; error?: string } {
    return this.byName.get(name) ?? { starts: 0 };
  }

  private add(attempt: StepAttempt) {
    if (attempt.kind !== 'function') {
      return;
    }
    if (attempt.status === 'completed' || attempt.status === 'succeeded') {
      this.byName.delete(attempt.stepName);
      return;
    }
    const { starts, error } = this.of(attempt.stepName);
    this.byName.set(attempt.stepName, {
      starts: starts + 1,
      error: attempt.status === 'failed' ? messageOf(attempt.error) : error,
    });
  }
}

function messageOf(error: unknown): string {
  return error && typeof error === 'object' && 'message' in error
    ? String(error.message)
    : String(error);
}
