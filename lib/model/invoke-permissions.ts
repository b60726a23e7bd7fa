/**
 * Who may call a function, by the permissions of the templates. Nothing is claimed when one of them cannot be read, is for a function
 * that is not found here, or is given in another way.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html
 */
import type { Problems } from './problems';
import type { Resource } from './stack';

const invocations = ['lambda:InvokeFunction', 'lambda:*', '*'];

export class InvokePermissions {
  /** By function name; undefined when there may be more. */
  private readonly principals: ReadonlyMap<string, readonly string[]> | undefined;

  /** @param resources of the assembly, as read with these problems: values without a local one are of no interest here */
  constructor(resources: readonly Resource[], { placeholders }: Problems) {
    const names = new Set(resources.flatMap(({ type, stack, logicalId }) => (type === 'AWS::Lambda::Function' ? [functionName(String(stack.attribute(logicalId, 'Arn', { logicalId, property: 'Arn' })))] : [])));
    const found = new Map<string, string[]>();
    let isSure = !resources.some(({ type }) => type === 'AWS::Serverless::Connector');
    for (const { type, properties } of resources) {
      if (type !== 'AWS::Lambda::Permission') continue;
      const [action, principal, called] = ['Action', 'Principal', 'FunctionName'].map((property) => properties.value(property));
      const name = typeof called === 'string' ? functionName(called) : '';
      if (!names.has(name) || [action, principal].some((value) => typeof value !== 'string' || [...placeholders].some((standIn) => value.includes(standIn)))) isSure = false;
      else if (invocations.includes(String(action))) found.set(name, [...(found.get(name) ?? []), String(principal)]);
    }
    this.principals = isSure ? found : undefined;
  }

  /** @returns undefined when that cannot be told */
  of(functionArn: string): readonly string[] | undefined {
    return this.principals && (this.principals.get(functionName(functionArn)) ?? []);
  }
}

/** Of an ARN, a part of one, or a name, with a version or alias after it or not. */
function functionName(text: string): string {
  return (text.split(':function:').at(-1) ?? text).replace(/^function:/, '').split(':')[0] ?? text;
}
