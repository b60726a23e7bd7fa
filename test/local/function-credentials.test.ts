/** Whose credentials a function gets. */
import { roleKey } from '../../lib/local/auth';
import { FunctionCredentials } from '../../lib/local/function-credentials';
import type { RoleModel } from '../../lib/model';
import { resource } from './executor-fixture';
import { inline } from './lambda/functions-fixture';

const arn = 'arn:aws:iam::123456789012:role/orders';
const role = (unread: readonly string[] = []): RoleModel => ({ roleName: 'orders', arn, resource, statements: [], unread });
const local = { accessKeyId: 'LOCAL', secretAccessKey: 'local' };

function credentials() {
  const log: string[] = [];
  return { log, made: new FunctionCredentials({ local, secret: 'secret', log: (line) => log.push(line) }) };
}

test('a function has those of its role, as a session of its own name', () => {
  const { made, log } = credentials();
  const [orders, refunds] = [inline('', { roleArn: arn }), inline('', { functionName: 'Refunds', roleArn: arn })];

  expect(made.use([orders, refunds], [role()])).toEqual([
    { roleArn: arn, session: 'Orders' },
    { roleArn: arn, session: 'Refunds' },
  ]);
  expect(made.of(orders)).toEqual(roleKey('secret', arn, 'Orders'));
  expect(made.of(refunds).accessKeyId).not.toBe(made.of(orders).accessKeyId);
  expect(log).toEqual([]);
});

test.each<[string, readonly RoleModel[], string]>([
  ['is not in the templates', [], 'its role is not in the templates'],
  ['has a policy that is not there', [role(['arn:aws:iam::123456789012:policy/theirs'])], 'arn:aws:iam::123456789012:policy/theirs of its role orders cannot be read'],
])('a function whose role %s may do everything, which is told once', (_why, roles, reason) => {
  const { made, log } = credentials();
  const orders = inline('', { roleArn: arn });

  expect(made.use([orders], roles)).toEqual([]);
  expect([made.of(orders), made.of(orders)]).toEqual([local, local]);
  expect(log).toEqual([`function Orders may do everything here: ${reason}`]);
});
