import { visible } from '../../parts/text.tsx';

const TENANT = 'tenant:';

/** A scope as a heading. @example scopeTitle('*') // 'Everywhere (*)' */
export const scopeTitle = (scope: string): string => {
  if (scope === '*') return 'Everywhere (*)';
  return scope.startsWith(TENANT) ? `Tenant ${visible(scope.slice(TENANT.length))}` : `Stream ${visible(scope)}`;
};
