/** The generated project with half of its resolvers in mapping templates, and with authorization directives: what grew over the years. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateProject, type GeneratedProject } from './generated-project';

export interface Templates {
  readonly request: string;
  readonly response: string;
}

/** The fields that the templates of `templatesOf` answer: one query and one mutation of each entity. */
export function isTemplated(field: string): boolean {
  return /^(Query\.get|Mutation\.update)/.test(field);
}

/** Beside the project's own files there is `fields.json`, the fields. @param resolvers a multiple of four, as for `generateProject` */
export function generateMixedProject(folder: string, resolvers: number): GeneratedProject {
  const project = generateProject(folder, resolvers);
  for (const field of project.fields) if (isTemplated(field)) rmSync(join(folder, 'resolvers', `${field}.ts`));
  const schema = join(folder, 'schema.graphql');
  const guarded = readFileSync(schema, 'utf8')
    .replace(/^type (Entity\w+)/gm, 'type $1 @aws_iam @aws_cognito_user_pools')
    .replace(/^(  (?:get|list|create|update)\w+\(.*)$/gm, '$1 @aws_iam @aws_cognito_user_pools');
  writeFileSync(schema, guarded);
  writeFileSync(join(folder, 'fields.json'), JSON.stringify(project.fields));
  return project;
}

export function templatesOf(field: string): Templates {
  return field.startsWith('Query.') ? { request: get, response } : { request: update, response };
}

const response = `#if($ctx.error)
  $util.error($ctx.error.message, $ctx.error.type)
#end
$util.toJson($ctx.result)
`;

const get = `#if($util.isNullOrEmpty($ctx.args.id))
  $util.error("id is empty", "BadRequest")
#end
#set($groups = $util.defaultIfNull($ctx.identity.claims.get("cognito:groups"), []))
#if(!$groups.contains("admins") && $util.isNull($ctx.identity.claims.get("tenant")))
  $util.unauthorized()
#end
{
  "version": "2018-05-29",
  "operation": "GetItem",
  "key": {
    "id": $util.dynamodb.toDynamoDBJson($ctx.args.id)
  },
  "consistentRead": true
}
`;

const update = `#set($names = { "#updatedAt": "updatedAt" })
#set($values = { ":updatedAt": $util.dynamodb.toDynamoDB($util.time.nowISO8601()) })
#set($changes = ["#updatedAt = :updatedAt"])
#foreach($entry in $ctx.args.input.entrySet())
  $util.qr($names.put("#\${entry.key}", $entry.key))
  $util.qr($values.put(":\${entry.key}", $util.dynamodb.toDynamoDB($entry.value)))
  $util.qr($changes.add("#\${entry.key} = :\${entry.key}"))
#end
{
  "version": "2018-05-29",
  "operation": "UpdateItem",
  "key": {
    "id": $util.dynamodb.toDynamoDBJson($ctx.args.id)
  },
  "update": {
    "expression": "SET #foreach($change in $changes)$change#if($foreach.hasNext), #end#end",
    "expressionNames": $util.toJson($names),
    "expressionValues": $util.toJson($values)
  }
}
`;
