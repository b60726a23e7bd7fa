/** `AWS::Events::Rule` → `EventRuleModel`: who hears of the events that an API puts on a bus. */
import type { ApiModel, EventRuleModel, EventTargetModel } from './api-model';
import type { Resource } from './stack';
import { asPlain } from './template-file';

/**
 * Rules of other buses, on a schedule or switched off are left out, and so are problems in them.
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
 */
export function readEventRules(resources: readonly Resource[], apis: readonly ApiModel[]): EventRuleModel[] {
  const buses = new Set(apis.flatMap(({ dataSources }) => dataSources.flatMap((source) => (source.type === 'OTHER' ? (busNameIn(asPlain(source.config.EventBridgeConfig).EventBusArn) ?? []) : []))));
  return resources.flatMap(({ type, properties, ref, logicalId }) => {
    if (type !== 'AWS::Events::Rule' || buses.size === 0) return [];
    const busName = busNameIn(properties.text('EventBusName')) ?? 'default';
    if (!buses.has(busName) || !properties.has('EventPattern') || properties.text('State') === 'DISABLED') return [];
    const targets = properties.value('Targets');
    return [
      {
        name: properties.text('Name') ?? logicalId,
        busName,
        pattern: properties.value('EventPattern'),
        targets: (Array.isArray(targets) ? targets : []).flatMap(readTarget),
        resource: ref,
      },
    ];
  });
}

/** A bus is named, or meant by its ARN. */
function busNameIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value.replace(/^.*:event-bus\//, '') : undefined;
}

function readTarget(value: unknown): EventTargetModel[] {
  const { Arn, RoleArn, Input, InputPath, InputTransformer, AppSyncParameters } = asPlain(value);
  if (typeof Arn !== 'string') return [];
  const { GraphQLOperation } = asPlain(AppSyncParameters);
  const { InputPathsMap, InputTemplate } = asPlain(InputTransformer);
  return [
    {
      arn: Arn,
      ...(typeof RoleArn === 'string' && { roleArn: RoleArn }),
      ...(typeof GraphQLOperation === 'string' && { graphQlOperation: GraphQLOperation }),
      ...(typeof Input === 'string' && { input: Input }),
      ...(typeof InputPath === 'string' && { inputPath: InputPath }),
      ...(typeof InputTemplate === 'string' && { transformer: { paths: asPlain(InputPathsMap) as Record<string, string>, template: InputTemplate } }),
    },
  ];
}
