/** Models of Amazon Bedrock as a data source. AppSync waits at most 10 seconds for an answer; what takes longer belongs into a function. */
import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ApiDataSource, type AssumedRoleProps } from './data-source';
import type { EnterpriseGraphqlApi } from './enterprise-graphql-api';

export interface BedrockSourceProps extends AssumedRoleProps {
  /** Ids of the foundation models that resolvers may call, such as `amazon.nova-lite-v1:0`, or ARNs of inference profiles and custom models. */
  readonly models: string[];
  /**
   * ARNs of the guardrails that requests may name.
   * @default - none
   */
  readonly guardrails?: string[];
}

export class BedrockSource extends ApiDataSource {
  readonly dataSource: appsync.BaseDataSource;
  readonly role: iam.Role;

  /** @throws Error without models: a role that allows every model is not what anybody wants */
  constructor(api: EnterpriseGraphqlApi, id: string, { models, guardrails = [], role }: BedrockSourceProps) {
    super(api, id);
    if (models.length === 0) throw new Error(`${this.node.path}: "models" names no model, so the data source could call none`);
    this.role = this.roleFor({ role }, 'call its models');
    // Converse needs the same action. Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
    this.role.addToPolicy(new iam.PolicyStatement({ actions: ['bedrock:InvokeModel'], resources: models.map((model) => this.arnOf(model)) }));
    if (guardrails.length > 0) this.role.addToPolicy(new iam.PolicyStatement({ actions: ['bedrock:ApplyGuardrail'], resources: guardrails }));
    this.dataSource = new ModelDataSource(this, 'DataSource', { api: api.graphqlApi, name: id, serviceRole: this.role });
  }

  /** @internal */
  override grantFor(): void {}

  private arnOf(model: string): string {
    if (model.startsWith('arn:')) return model;
    return Stack.of(this).formatArn({ service: 'bedrock', account: '', resource: 'foundation-model', resourceName: model, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  }
}

/** The CDK has no construct for this kind. */
class ModelDataSource extends appsync.BackedDataSource {
  constructor(scope: BedrockSource, id: string, props: appsync.BackedDataSourceProps) {
    super(scope, id, props, { type: 'AMAZON_BEDROCK_RUNTIME' });
  }
}
