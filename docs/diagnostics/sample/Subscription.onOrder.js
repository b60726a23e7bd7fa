import { extensions, util } from '@aws-appsync/utils';

export const request = () => ({ payload: null });
export function response() {
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ total: { gt: 0 } }));
  return null;
}
