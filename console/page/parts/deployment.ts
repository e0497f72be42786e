import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { DeploymentView } from '../../api.ts';

/** Given by the shell. */
export const Deployment = createContext<DeploymentView | undefined>(undefined);

/**
 * What the console looks at; undefined while it is not known, or cannot be.
 *
 * @example const readOnly = (useDeployment()?.home ?? null) !== null;
 */
export const useDeployment = (): DeploymentView | undefined => useContext(Deployment);
