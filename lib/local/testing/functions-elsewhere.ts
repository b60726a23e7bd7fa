/** Functions of a test that run elsewhere, such as Python ones in Lambda's emulator: which function a test means, and where its events go. */
import type { FoundApi } from './api-source';
import { setupError, unknownName } from './setup-error';

/**
 * @param urls by data source, function name, logical id or ARN
 * @returns the same by ARN
 * @throws TestSetupError `RUN_TEST_NAME`, `RUN_TEST_VALUE`
 */
export function functionUrlsByArn(urls: Readonly<Record<string, string>>, { model, assembly }: FoundApi): Record<string, string> {
  const arns = new Map<string, string>();
  for (const { functionArn, functionName, resource } of assembly.lambdaFunctions ?? []) for (const name of [functionArn, functionName, resource.logicalId]) arns.set(name, functionArn);
  for (const caller of [...model.dataSources, ...model.authorization]) {
    if (caller.type !== 'AWS_LAMBDA') continue;
    const arn = caller.functionArn.split(':').slice(0, 7).join(':');
    for (const name of [arn, arn.split(':')[6] ?? arn, ...('name' in caller ? [caller.name] : [])]) arns.set(name, arn);
  }
  const known = [...arns.keys()].filter((name) => !name.startsWith('arn:'));
  return Object.fromEntries(
    Object.entries(urls).map(([name, url]) => {
      const arn = arns.get(name);
      if (arn === undefined) throw unknownName(`there is no function "${name}" to run elsewhere`, name, known, 'the API calls no function');
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw setupError('RUN_TEST_VALUE', `the address of function "${name}" is "${String(url)}"`, 'give an address such as "http://localhost:9000/2015-03-31/functions/function/invocations"');
      return [arn, url];
    }),
  );
}
