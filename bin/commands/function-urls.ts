/** `--lambda NAME=URL`: a function that runs elsewhere, such as a Python one in the emulator of Lambda, gets its events over HTTP. */
import { didYouMean } from '../../lib/diagnostics';
import type { Assembly } from '../../lib/model';
import { listOption, UsageError } from './command';

/** Name as given → URL. @throws UsageError for an option that is no such pair */
export function readFunctionUrls(values: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  return new Map(
    listOption(values, 'lambda').map((option) => {
      const [, name = '', url = ''] = /^([^=]+)=(.+)$/s.exec(option) ?? [];
      if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new UsageError(`--lambda is NAME=URL, such as Orders=http://localhost:9000/2015-03-31/functions/function/invocations, not "${option}"`);
      return [name, url];
    }),
  );
}

/**
 * The same by the ARN of the function, which may be named by its data source, function name, logical id or ARN.
 * @throws UsageError for a function that nothing here calls
 */
export function functionUrlsIn(urls: ReadonlyMap<string, string>, { apis, lambdaFunctions = [] }: Assembly): Record<string, string> {
  const arns = new Map<string, string>();
  const callers = apis.flatMap(({ dataSources, authorization }) => [...dataSources, ...authorization]).flatMap((caller) => (caller.type === 'AWS_LAMBDA' ? [caller] : []));
  for (const { functionArn, resource } of lambdaFunctions) arns.set(resource.logicalId, functionArn);
  for (const caller of callers) {
    const arn = caller.functionArn.split(':').slice(0, 7).join(':');
    if ('name' in caller) arns.set(caller.name, arn);
    arns.set(arn.split(':')[6] ?? arn, arn).set(arn, arn);
  }
  for (const { functionArn, functionName } of lambdaFunctions) arns.set(functionName, functionArn).set(functionArn, functionArn);
  return Object.fromEntries(
    [...urls].map(([name, url]) => {
      const arn = arns.get(name);
      if (arn !== undefined) return [arn, url];
      const known = [...arns.keys()].filter((other) => !other.startsWith('arn:'));
      const list = known.length === 0 ? 'no API calls one' : `there is ${known.map((other) => `"${other}"`).join(', ')}`;
      throw new UsageError(`--lambda names function "${name}", which no API calls: ${didYouMean(name, known) ?? list}`);
    }),
  );
}
