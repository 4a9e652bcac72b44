import { useApiHolder } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  planCreatePermission,
  type PlanRequest,
} from 'backstage-plugin-fettle-common';
import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { useSearchParams } from 'react-router-dom';
import { fettleAutomationApiRef } from '../api/FettleAutomationApi';
import { ErrorPanel } from '../widgets/ErrorPanel';
import { fettleReactTranslationRef } from '../widgets/translation';
import { AutomationDrawer } from './AutomationDrawer';
import { automationPath, type AutomationTarget } from './AutomationTarget';
import { useFettlePaths } from './fettleRoutes';
import { PlanSkeleton, PlanView } from './PlanView';
import { RemediationView } from './RemediationView';
import { useTask } from './useTask';

/**
 * Opens plans and remediations in a drawer.
 *
 * @public
 */
export interface AutomationDrawerControls {
  open(target: AutomationTarget): void;
  /** Has a plan made, and opens it. */
  plan(request: PlanRequest): void;
}

const Context = createContext<AutomationDrawerControls | undefined>(undefined);

const KINDS = ['plan', 'remediation'] as const;

/**
 * The drawer of the page around; undefined where there is none.
 *
 * @public
 */
export function useAutomationDrawer(): AutomationDrawerControls | undefined {
  return useContext(Context);
}

/**
 * Brings a page the drawer in which plans and remediations open. What is open
 * is in the address, so that a link shared shows the same, and a row that
 * vanishes behind it does not close it.
 *
 * @public
 */
export function AutomationDrawerProvider(props: { children: ReactNode }) {
  const api = useApiHolder().get(fettleAutomationApiRef);
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const paths = useFettlePaths();
  const [parameters, setParameters] = useSearchParams();
  const [asked, setAsked] = useState<PlanRequest>();
  const { error, run } = useTask();
  const kind = KINDS.find(one => parameters.get(one));
  const target = kind && { kind, id: parameters.get(kind)! };

  const show = useCallback(
    (next: AutomationTarget | undefined) => {
      setAsked(undefined);
      setParameters(
        current => {
          const changed = new URLSearchParams(current);
          KINDS.forEach(one => changed.delete(one));
          if (next) changed.set(next.kind, next.id);
          return changed;
        },
        { replace: true },
      );
    },
    [setParameters],
  );
  /** Which request is waited for: one that was closed opens nothing any more. */
  const last = useRef<PlanRequest>();
  const plan = useCallback(
    async (request: PlanRequest) => {
      setAsked(request);
      last.current = request;
      const made = await run('plan', () => api!.createPlan(request));
      if (made && last.current === request) show({ kind: 'plan', id: made.id });
    },
    [api, run, show],
  );
  const close = () => {
    last.current = undefined;
    show(undefined);
  };
  const controls = useMemo(() => ({ open: show, plan }), [show, plan]);
  const page =
    target &&
    paths.automation &&
    `${paths.automation}/${automationPath(target)}`;
  return (
    <Context.Provider value={api && controls}>
      {props.children}
      {api && asked && (
        <AutomationDrawer title={t('automation.plan.title')} onClose={close}>
          {error ? (
            <ErrorPanel
              error={error}
              permission={planCreatePermission.name}
              onRetry={() => plan(asked)}
            />
          ) : (
            <PlanSkeleton words={t('automation.fix.planning')} />
          )}
        </AutomationDrawer>
      )}
      {api && !asked && target && (
        <AutomationDrawer
          title={t(`automation.${target.kind}.title`)}
          page={page}
          onClose={close}
        >
          {target.kind === 'plan' ? (
            <PlanView key={target.id} id={target.id} onOpen={show} />
          ) : (
            <RemediationView key={target.id} id={target.id} onOpen={show} />
          )}
        </AutomationDrawer>
      )}
    </Context.Provider>
  );
}
